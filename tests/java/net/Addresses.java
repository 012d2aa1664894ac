// Addresses, interfaces, URIs, URLs, encoding: pure parsing and what loopback says.
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.util.*;

public class Addresses {
  static void uri(String s) {
    try {
      URI u = new URI(s);
      System.out.println(u + " | " + u.getScheme() + " " + u.getRawAuthority() + " " + u.getUserInfo() + " " + u.getHost() + " " + u
          .getPort() + " " + u.getPath() + " " + u.getQuery() + " " + u.getFragment() + " " + u.isOpaque() + u.isAbsolute());
    } catch (URISyntaxException e) {
      System.out.println(e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    InetAddress loop = InetAddress.getByAddress("me", new byte[] {127, 0, 0, 1});
    System.out.println(loop + " " + loop.getHostAddress() + " " + loop.isLoopbackAddress() + " " + loop.isSiteLocalAddress() + " "
        + Arrays.toString(loop.getAddress()));
    for (String s : List.of("10.1.2.3", "192.168.0.1", "169.254.1.1", "224.0.0.1", "0.0.0.0", "::1", "fe80::1", "ff02::1",
        "2001:db8::ff00:42:8329", "::ffff:1.2.3.4", "1.2.3", "127.1", "0x7f.1")) {
      try {
        InetAddress a = InetAddress.getByName(s);
        System.out.println(a.getHostAddress() + " " + a.getClass().getSimpleName() + " " + a.isAnyLocalAddress() + a.isLoopbackAddress()
            + a.isLinkLocalAddress() + a.isSiteLocalAddress() + a.isMulticastAddress() + " " + a.hashCode());
      } catch (UnknownHostException e) {
        System.out.println(s + " unknown");
      }
    }
    try {
      InetAddress.getByAddress(new byte[3]);
    } catch (UnknownHostException e) {
      System.out.println(e.getMessage());
    }
    try {
      InetAddress.getByName("[::1");
    } catch (UnknownHostException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(InetAddress.getByName("localhost").isLoopbackAddress() + " " + InetAddress.getByName(null).isLoopbackAddress()
        + " " + (InetAddress.getAllByName("127.0.0.1").length));
    InetSocketAddress sa = new InetSocketAddress("127.0.0.1", 80), un = InetSocketAddress.createUnresolved("some.host", 8080);
    System.out.println(sa.getPort() + " " + sa.getHostString() + " " + un + " " + un.isUnresolved() + " " + un.getAddress() + " " + sa
        .equals(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 80)));
    NetworkInterface lo = NetworkInterface.getByName("lo");
    System.out.println(lo.getName() + " " + lo.isLoopback() + " " + lo.isUp() + " " + lo.isVirtual() + " " + lo.supportsMulticast()
        + " " + (lo.getIndex() > 0) + " " + (lo.getMTU() > 0) + " " + lo.getHardwareAddress() + " " + lo.inetAddresses().anyMatch(
            InetAddress::isLoopbackAddress) + " " + lo.getInterfaceAddresses().stream().anyMatch(i -> i.getNetworkPrefixLength() == 8)
        + " " + NetworkInterface.getByName("nonesuch"));
    System.out.println(Collections.list(NetworkInterface.getNetworkInterfaces()).stream().anyMatch(i -> i.equals(lo)));

    uri("http://user:pw@host.example:8080/a/b%20c?q=1&r=%41#frag");
    uri("mailto:someone@example.com");
    uri("../relative/./path");
    uri("file:///dir%2Fx");
    uri("http://[2001:db8::1]:7/x");
    uri("urn:isbn:096139210x");
    uri("http://bad host/");
    uri("a b");
    uri("http://h/%zz");
    uri("");
    URI base = URI.create("http://a/b/c/d;p?q");
    for (String r : List.of("g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "../g", "../../g", "../../../g", "g;x=1/../y", "http:g")) {
      System.out.print(base.resolve(r) + " ");
    }
    System.out.println();
    System.out.println(base.relativize(URI.create("http://a/b/c/d;p/x/y")) + " " + URI.create("http://a/b/").relativize(URI.create(
        "http://a/b/c?z")) + " " + URI.create("a/./b/../../c").normalize() + " " + new URI("http", "h", "/p q", "x=y z", "f").toASCIIString()
        + " " + new URI("s", null, "/\u00e4", null).toASCIIString() + " " + URI.create("HTTP://H/").equals(URI.create("http://h/")));
    URL u = new URL("https://user@host:99/path/file.html?query=1#ref");
    System.out.println(u.getProtocol() + " " + u.getHost() + " " + u.getPort() + " " + u.getDefaultPort() + " " + u.getFile() + " " + u
        .getRef() + " " + u.getAuthority() + " " + u.getUserInfo() + " " + u.toExternalForm());
    System.out.println(new URL(u, "../other?x") + " " + new URL("http", "h", -1, "/f"));
    for (String bad : List.of("nonsense://x", "no-protocol", "http://h:port/")) {
      try {
        new URL(bad);
        System.out.println("accepted");
      } catch (MalformedURLException e) {
        System.out.println(e.getMessage());
      }
    }
    String enc = URLEncoder.encode("a b&c=d/\u00fc+~*", StandardCharsets.UTF_8);
    System.out.println(enc + " " + URLDecoder.decode(enc, StandardCharsets.UTF_8).length() + " " + URLDecoder.decode("x%20y+z", "UTF-8"));
    try {
      URLDecoder.decode("%4", StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(IDN.toASCII("b\u00fccher.example") + " " + IDN.toUnicode("xn--bcher-kva.example").length());
    HttpCookie c = HttpCookie.parse("Set-Cookie: id=abc; Path=/x; Max-Age=60; Secure; HttpOnly").get(0);
    System.out.println(c.getName() + "=" + c.getValue() + " " + c.getPath() + " " + c.getMaxAge() + " " + c.getSecure() + " " + c
        .isHttpOnly() + " " + HttpCookie.domainMatches(".example.com", "a.example.com"));
    CookieManager cm = new CookieManager();
    cm.put(URI.create("http://localhost/x/y"), Map.of("Set-Cookie", List.of("a=1; path=/x", "b=2; path=/z")));
    System.out.println(cm.getCookieStore().getCookies().size() + " " + cm.get(URI.create("http://localhost/x/q"), Map.of()));
  }
}
