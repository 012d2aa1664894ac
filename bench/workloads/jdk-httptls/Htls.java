import java.io.*;
import java.net.*;
import java.net.http.*;
import java.util.*;
import java.util.concurrent.*;
import javax.net.ssl.*;
import java.security.*;
import com.sun.net.httpserver.*;
// HTTPS server + java.net.http client (HTTP/1.1) on loopback; PKCS12 key made with keytool, inputs/ks.p12
// (password changeit)
public class Htls extends Bench {
    public static void main(String[] a) throws Throwable { new Htls().go(a); }
    HttpsServer s;
    SSLContext cx;
    public void setup() throws Exception {
        System.setProperty("jdk.internal.httpclient.disableHostnameVerification", "true");
        KeyStore ks = KeyStore.getInstance("PKCS12");
        ks.load(new FileInputStream(IN + "/ks.p12"), "changeit".toCharArray());
        KeyManagerFactory k = KeyManagerFactory.getInstance("SunX509");
        k.init(ks, "changeit".toCharArray());
        TrustManagerFactory t = TrustManagerFactory.getInstance("PKIX");
        t.init(ks);
        cx = SSLContext.getInstance("TLS");
        cx.init(k.getKeyManagers(), t.getTrustManagers(), null);
        s = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        s.setHttpsConfigurator(new HttpsConfigurator(cx));
        s.setExecutor(Executors.newFixedThreadPool(3));
        s.createContext("/", e -> {
            byte[] q = e.getRequestBody().readAllBytes();
            byte[] b = (e.getRequestURI() + " " + text(new Rnd(q.length), 100) + hash(q)).getBytes("UTF-8");
            e.sendResponseHeaders(200, b.length);
            e.getResponseBody().write(b);
            e.close();
        });
        s.start();
    }
    public void teardown() { s.stop(0); }
    public String iterate(int it) throws Exception {
        HttpClient c = HttpClient.newBuilder().sslContext(cx).version(HttpClient.Version.HTTP_1_1).build();
        List<CompletableFuture<String>> l = new ArrayList<>();
        long h = FNV0;
        for (int i = 0; i < size; i++) {
            byte[] b = new byte[i % 100 * 30];
            l.add(c.sendAsync(
                       java.net.http.HttpRequest
                           .newBuilder(URI.create("https://localhost:" + s.getAddress().getPort() + "/p" + i))
                           .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(b))
                           .build(),
                       HttpResponse.BodyHandlers.ofString())
                    .thenApply(x -> x.statusCode() + x.body()));
            if (l.size() == 8) {
                for (CompletableFuture<String> f : l) h = fnv(h, f.get());
                l.clear();
            }
        }
        for (CompletableFuture<String> f : l) h = fnv(h, f.get());
        return hex(h);
    }
}
