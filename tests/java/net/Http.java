// The JDK's own HttpServer with HttpURLConnection and java.net.http.HttpClient: methods, headers, bodies, chunks, redirects, status codes,
// asynchronous requests, timeouts, WebSocket refused.
// javac: --add-modules jdk.httpserver
import com.sun.net.httpserver.*;
import java.io.*;
import java.net.*;
import java.net.http.*;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;

public class Http {
  static void answer(HttpExchange x, int code, String text) throws IOException {
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    x.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
    x.sendResponseHeaders(code, b.length == 0 ? -1 : b.length);
    try (OutputStream o = x.getResponseBody()) {
      if (b.length > 0) o.write(b);
    }
  }

  public static void main(String[] args) throws Exception {
    HttpServer s = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    ExecutorService pool = Executors.newFixedThreadPool(3);
    s.setExecutor(pool);
    s.createContext("/echo", x -> answer(x, 200, x.getRequestMethod() + " " + x.getRequestURI().getQuery() + " " + new String(x
        .getRequestBody().readAllBytes()) + " " + x.getRequestHeaders().getFirst("X-Test")));
    s.createContext("/moved", x -> {
      x.getResponseHeaders().set("Location", "/echo?moved");
      answer(x, 302, "");
    });
    s.createContext("/chunks", x -> {
      x.sendResponseHeaders(200, 0);
      try (OutputStream o = x.getResponseBody()) {
        for (int i = 0; i < 200; i++) o.write(("chunk " + i + "\n").getBytes());
      }
    });
    s.createContext("/slow", x -> {
      try {
        Thread.sleep(400);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      answer(x, 200, "slow");
    });
    s.createContext("/broken", x -> {
      throw new IllegalStateException("handler");
    });
    s.createContext("/private", x -> answer(x, 200, "hello " + x.getPrincipal().getUsername())).setAuthenticator(
        new BasicAuthenticator("realm") {
          @Override
          public boolean checkCredentials(String user, String password) {
            return user.equals("u") && password.equals("p");
          }
        });
    s.start();
    String root = "http://127.0.0.1:" + s.getAddress().getPort();

    HttpURLConnection c = (HttpURLConnection) new URL(root + "/echo?old=1").openConnection();
    c.setRequestMethod("POST");
    c.setDoOutput(true);
    c.setRequestProperty("X-Test", "header");
    c.getOutputStream().write("posted".getBytes());
    System.out.println(c.getResponseCode() + " " + c.getResponseMessage() + " " + c.getContentType() + " " + new String(c.getInputStream()
        .readAllBytes()));
    c = (HttpURLConnection) new URL(root + "/nothing").openConnection();
    try {
      c.getInputStream();
    } catch (FileNotFoundException e) {
      System.out.println(c.getResponseCode() + " " + (c.getErrorStream() != null));
    }
    c = (HttpURLConnection) new URL(root + "/moved").openConnection();
    System.out.println(new String(c.getInputStream().readAllBytes()) + " " + c.getURL().getPath());

    HttpClient h = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    HttpRequest get = HttpRequest.newBuilder(URI.create(root + "/echo?q=new")).header("X-Test", "client").build();
    HttpResponse<String> r = h.send(get, HttpResponse.BodyHandlers.ofString());
    System.out.println(r.statusCode() + " " + r.body() + " " + r.version() + " " + r.headers().firstValue("content-length").get() + " " + r
        .uri().getPath());
    HttpRequest put = HttpRequest.newBuilder(URI.create(root + "/echo")).PUT(HttpRequest.BodyPublishers.ofString("p\u00fct")).build();
    System.out.println(h.send(put, HttpResponse.BodyHandlers.ofByteArray()).body().length);
    System.out.println(h.send(HttpRequest.newBuilder(URI.create(root + "/chunks")).build(), HttpResponse.BodyHandlers.ofLines()).body().skip(
        198).collect(Collectors.toList()));
    System.out.println(h.send(HttpRequest.newBuilder(URI.create(root + "/moved")).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode());
    HttpClient follow = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).authenticator(new java.net.Authenticator() {
      @Override
      protected PasswordAuthentication getPasswordAuthentication() {
        return new PasswordAuthentication("u", "p".toCharArray());
      }
    }).build();
    HttpResponse<String> f = follow.send(HttpRequest.newBuilder(URI.create(root + "/moved")).build(), HttpResponse.BodyHandlers.ofString());
    System.out.println(f.body() + " " + f.previousResponse().get().statusCode());
    System.out.println(h.send(HttpRequest.newBuilder(URI.create(root + "/private")).build(), HttpResponse.BodyHandlers.ofString())
        .statusCode() + " " + follow.send(HttpRequest.newBuilder(URI.create(root + "/private")).build(), HttpResponse.BodyHandlers
            .ofString()).body());
    List<CompletableFuture<String>> many = IntStream.range(0, 12).mapToObj(i -> h.sendAsync(HttpRequest.newBuilder(URI.create(root
        + "/echo?n=" + i)).build(), HttpResponse.BodyHandlers.ofString()).thenApply(HttpResponse::body)).collect(Collectors.toList());
    System.out.println(many.stream().map(CompletableFuture::join).mapToInt(String::length).sum());
    try {
      h.send(HttpRequest.newBuilder(URI.create(root + "/slow")).timeout(Duration.ofMillis(50)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (HttpTimeoutException e) {
      System.out.println("timed out");
    }
    try {
      h.send(HttpRequest.newBuilder(URI.create(root + "/broken")).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      System.out.println(e.getMessage() + " " + e.getClass().getSimpleName());
    }
    try {
      h.newWebSocketBuilder().buildAsync(URI.create(root.replace("http", "ws") + "/echo"), new WebSocket.Listener() {}).join();
    } catch (CompletionException e) {
      System.out.println(e.getCause().getClass().getSimpleName());
    }
    s.stop(0);
    pool.shutdown();
    try {
      h.send(get, HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException e) {
      System.out.println("refused");
    }
  }
}
