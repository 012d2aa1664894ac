// modes: default, baseline
// TLS over loopback with a key store generated here: versions 1.3 and 1.2, client authentication, sessions, SSLEngine by hand, refused certificates,
// HTTPS server and client.
// timeout: 120
import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.net.http.*;
import java.nio.ByteBuffer;
import java.security.*;
import java.util.*;
import java.util.concurrent.*;
import javax.net.ssl.*;

public class Tls {
  static SSLContext context(String keys, String trust) throws Exception {
    char[] pw = "changeit".toCharArray();
    KeyManager[] km = null;
    if (keys != null) {
      KeyManagerFactory k = KeyManagerFactory.getInstance("SunX509");
      k.init(KeyStore.getInstance(new File(keys), pw), pw);
      km = k.getKeyManagers();
    }
    TrustManagerFactory t = TrustManagerFactory.getInstance("PKIX");
    KeyStore ts = KeyStore.getInstance("PKCS12");
    ts.load(null, null);
    if (trust != null) ts.setCertificateEntry("peer", KeyStore.getInstance(new File(trust), pw).getCertificate("me"));
    else ts.setCertificateEntry("other", KeyStore.getInstance(new File("c.p12"), pw).getCertificate("me"));
    t.init(ts);
    SSLContext c = SSLContext.getInstance("TLS");
    c.init(km, t.getTrustManagers(), null);
    return c;
  }

  static String talk(SSLContext server, SSLContext client, String version, boolean auth) throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (SSLServerSocket s = (SSLServerSocket) server.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      s.setNeedClientAuth(auth);
      Future<String> served = pool.submit(() -> {
        try (SSLSocket c = (SSLSocket) s.accept()) {
          c.setSoTimeout(20_000);
          String line = new BufferedReader(new InputStreamReader(c.getInputStream())).readLine();
          c.getOutputStream().write(("echo " + line + "\n").getBytes());
          return c.getSession().getProtocol() + (auth ? " " + c.getSession().getPeerPrincipal() : "");
        } catch (IOException e) {
          return e.getClass().getSimpleName();
        }
      });
      String result;
      try (SSLSocket c = (SSLSocket) client.getSocketFactory().createSocket(s.getInetAddress(), s.getLocalPort())) {
        c.setSoTimeout(20_000);
        c.setEnabledProtocols(new String[] {version});
        c.getOutputStream().write("hello\n".getBytes());
        result = new BufferedReader(new InputStreamReader(c.getInputStream())).readLine() + " " + c.getSession().getProtocol() + " " + c.getSession()
            .getPeerCertificates().length + " " + c.getSession().isValid();
      } catch (SSLException e) {
        result = "client " + e.getClass().getSimpleName();
      } catch (SocketException e) {
        result = "client SSLException";  // the server hung up first
      }
      return result + " | " + served.get();
    } finally {
      pool.shutdown();
    }
  }

  static void engines(SSLContext server, SSLContext client) throws Exception {
    SSLEngine a = client.createSSLEngine("localhost", 1), b = server.createSSLEngine();
    a.setUseClientMode(true);
    b.setUseClientMode(false);
    ByteBuffer ab = ByteBuffer.allocate(40_000), ba = ByteBuffer.allocate(40_000), aIn = ByteBuffer.allocate(40_000), bIn = ByteBuffer.allocateDirect(40_000);
    ByteBuffer aOut = ByteBuffer.wrap("from a".getBytes()), bOut = ByteBuffer.wrap("from b".getBytes());
    boolean done = false;
    for (int i = 0; i < 60 && !done; i++) {
      step(a, aOut, ab, ba, aIn);
      step(b, bOut, ba, ab, bIn);
      done = aIn.position() > 0 && bIn.position() > 0;
    }
    byte[] at = new byte[bIn.position()];
    bIn.flip().get(at);
    System.out.println(new String(at) + ", " + new String(aIn.array(), 0, aIn.position()) + " " + a.getSession().getProtocol());
    a.closeOutbound();
    step(a, ByteBuffer.allocate(0), ab, ba, aIn);
    step(b, ByteBuffer.allocate(0), ba, ab, bIn.clear());
    System.out.println(a.isOutboundDone() + " " + b.isInboundDone());
  }

  static void step(SSLEngine e, ByteBuffer out, ByteBuffer net, ByteBuffer from, ByteBuffer in) throws SSLException {
    SSLEngineResult.HandshakeStatus hs = e.getHandshakeStatus();
    if (hs != SSLEngineResult.HandshakeStatus.NEED_UNWRAP) e.wrap(out, net);
    for (Runnable r; (r = e.getDelegatedTask()) != null;) r.run();
    from.flip();
    if (from.hasRemaining()) e.unwrap(from, in);
    from.compact();
    for (Runnable r; (r = e.getDelegatedTask()) != null;) r.run();
  }

  public static void main(String[] args) throws Exception {
    for (String n : List.of("a", "b", "c")) {
      Keytool.run("-genkeypair", "-alias", "me", "-keyalg", n.equals("b") ? "RSA" : "EC", "-dname", "CN=" + n, "-keystore", n + ".p12", "-ext",
          "san=dns:localhost,ip:127.0.0.1");
    }
    SSLContext a = context("a.p12", "b.p12"), b = context("b.p12", "a.p12"), stranger = context(null, null);
    System.out.println(talk(a, b, "TLSv1.3", false));
    System.out.println(talk(b, a, "TLSv1.2", false));
    System.out.println(talk(a, b, "TLSv1.3", true));
    System.out.println(talk(a, b, "TLSv1.2", true));
    System.out.println(talk(a, stranger, "TLSv1.2", false).replaceAll("\\|.*", ""));
    engines(a, b);
    SSLParameters p = a.getDefaultSSLParameters();
    System.out.println(Arrays.toString(p.getProtocols()) + " " + a.getProtocol() + " " + List.of(a.getSupportedSSLParameters().getProtocols()).contains("TLSv1.1")
        + " " + a.getProvider().getName());
    try {
      SSLContext.getInstance("SSLv9");
    } catch (NoSuchAlgorithmException e) {
      System.out.println(e.getMessage());
    }
    HttpsServer s = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    s.setHttpsConfigurator(new HttpsConfigurator(a));
    s.createContext("/", x -> {
      byte[] r = (x.getRequestMethod() + " over tls").getBytes();
      x.sendResponseHeaders(200, r.length);
      x.getResponseBody().write(r);
      x.close();
    });
    s.start();
    URI u = URI.create("https://localhost:" + s.getAddress().getPort() + "/");
    HttpClient h = HttpClient.newBuilder().sslContext(b).build();
    HttpResponse<String> r = h.send(HttpRequest.newBuilder(u).build(), HttpResponse.BodyHandlers.ofString());
    System.out.println(r.statusCode() + " " + r.body() + " " + r.sslSession().isPresent() + " " + r.version());
    HttpsURLConnection c = (HttpsURLConnection) u.toURL().openConnection();
    c.setSSLSocketFactory(b.getSocketFactory());
    System.out.println(new String(c.getInputStream().readAllBytes()));
    s.stop(0);
  }
}
