// TCP over loopback: options, half close, timeouts, accept with many clients, object streams over sockets, refused, closed by the other
// thread, urgent errors and their texts.
import java.io.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Tcp {
  static final InetAddress LOOP = InetAddress.getLoopbackAddress();

  record Job(int id, List<String> words, Map<String, Integer> counts) implements Serializable {}

  static void fails(String what, Callable<?> c) throws Exception {
    try {
      System.out.println(what + " gave " + c.call());
    } catch (IOException | RuntimeException e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    ExecutorService pool = Executors.newCachedThreadPool();
    try (ServerSocket s = new ServerSocket(0, 50, LOOP)) {
      System.out.println(s.isBound() + " " + (s.getLocalPort() > 0) + " " + s.getInetAddress().isLoopbackAddress());
      AtomicInteger served = new AtomicInteger();
      Future<?> server = pool.submit(() -> {
        for (int i = 0; i < 8; i++) {
          Socket c = s.accept();
          pool.submit(() -> {
            try (c; ObjectInputStream in = new ObjectInputStream(c.getInputStream()); ObjectOutputStream out = new ObjectOutputStream(c
                .getOutputStream())) {
              Job j = (Job) in.readObject();
              Map<String, Integer> counts = new TreeMap<>(j.counts());
              for (String w : j.words()) counts.merge(w, 1, Integer::sum);
              out.writeObject(new Job(j.id() + 1000, List.of(), counts));
              served.incrementAndGet();
            }
            return null;
          });
        }
        return null;
      });
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        int k = i;
        answers.add(pool.submit(() -> {
          try (Socket c = new Socket(LOOP, s.getLocalPort()); ObjectOutputStream out = new ObjectOutputStream(c.getOutputStream());
              ObjectInputStream in = new ObjectInputStream(c.getInputStream())) {
            out.writeObject(new Job(k, List.of("a", "b", "a"), Map.of("c", k)));
            out.flush();
            return in.readObject().toString();
          }
        }));
      }
      for (Future<String> a : answers) System.out.println(a.get());
      server.get();
      System.out.println(served);

      Socket c = new Socket();
      System.out.println(c.isConnected() + " " + c.isBound() + " " + c.getPort() + " " + c.getInetAddress());
      c.setSoTimeout(20);
      c.setTcpNoDelay(true);
      c.setKeepAlive(true);
      c.setReuseAddress(true);
      c.setSoLinger(true, 3);
      c.connect(s.getLocalSocketAddress(), 1000);
      Socket peer = s.accept();
      System.out.println(c.getSoTimeout() + " " + c.getTcpNoDelay() + " " + c.getKeepAlive() + " " + c.getSoLinger() + " " + (c.getPort() == s.getLocalPort()) + " " + (peer.getPort() == c.getLocalPort()));
      fails("read timeout", () -> c.getInputStream().read());
      peer.getOutputStream().write(new byte[] {1, 2, 3});
      peer.shutdownOutput();
      System.out.println(c.getInputStream().readAllBytes().length + " " + c.getInputStream().read() + " " + peer.isOutputShutdown());
      c.getOutputStream().write("still open this way".getBytes());
      c.shutdownOutput();
      System.out.println(new String(peer.getInputStream().readAllBytes()));
      fails("write after shutdown", () -> {
        c.getOutputStream().write(1);
        return null;
      });
      c.close();
      peer.close();
      System.out.println(c.isClosed() + " " + c.isConnected());
      fails("closed socket", () -> c.getInputStream());
      fails("closed timeout", () -> c.getSoTimeout());
      s.setSoTimeout(10);
      fails("accept timeout", s::accept);
      s.setSoTimeout(0);
      Future<String> blocked = pool.submit(() -> {
        try {
          s.accept();
          return "accepted";
        } catch (SocketException e) {
          return "closed " + e.getMessage().toLowerCase().contains("closed");
        }
      });
      Thread.sleep(10);
      s.close();
      System.out.println(blocked.get());
      fails("bind closed", () -> {
        s.bind(null);
        return null;
      });
    }
    int free;
    try (ServerSocket s = new ServerSocket(0, 1, LOOP)) {
      free = s.getLocalPort();
      fails("in use", () -> new ServerSocket(free, 1, LOOP));
    }
    fails("refused", () -> new Socket(LOOP, free));
    fails("bad port", () -> new Socket(LOOP, 70000));
    fails("unresolved", () -> {
      new Socket().connect(InetSocketAddress.createUnresolved("no.such.host.invalid", 1));
      return null;
    });
    fails("negative timeout", () -> {
      new Socket().setSoTimeout(-1);
      return null;
    });
    // A reader whose socket is closed by another thread.
    try (ServerSocket s = new ServerSocket(0, 1, LOOP)) {
      Socket c = new Socket(LOOP, s.getLocalPort());
      Socket peer = s.accept();
      Future<String> reader = pool.submit(() -> {
        try {
          return "read " + c.getInputStream().read();
        } catch (SocketException e) {
          return "closed " + e.getMessage().toLowerCase().contains("closed");
        }
      });
      Thread.sleep(10);
      c.close();
      System.out.println(reader.get());
      peer.close();
      // One megabyte both ways at once.
      Socket x = new Socket(LOOP, s.getLocalPort()), y = s.accept();
      byte[] big = new byte[1 << 20];
      new Random(1).nextBytes(big);
      Callable<Boolean> talk = () -> {
        Future<?> w = pool.submit(() -> {
          x.getOutputStream().write(big);
          x.shutdownOutput();
          return null;
        });
        boolean same = Arrays.equals(big, x.getInputStream().readAllBytes());
        w.get();
        return same;
      };
      Future<Boolean> f = pool.submit(talk);
      y.getInputStream().transferTo(y.getOutputStream());
      y.shutdownOutput();
      System.out.println(f.get());
    }
    pool.shutdown();
  }
}
