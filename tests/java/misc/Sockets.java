// Sockets on the loopback: blocking server and client, channels with a selector, datagrams,
// addresses, timeouts, closing.
import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;

public class Sockets {
  static void blocking() throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread t = new Thread(() -> {
        try (Socket s = server.accept(); BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
             PrintWriter out = new PrintWriter(s.getOutputStream(), true)) {
          for (String line; (line = in.readLine()) != null; ) out.println("echo " + line);
        } catch (IOException e) {
          System.out.println(e);
        }
      });
      t.start();
      try (Socket s = new Socket(server.getInetAddress(), server.getLocalPort())) {
        s.setTcpNoDelay(true);
        PrintWriter out = new PrintWriter(s.getOutputStream(), true);
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
        for (int i = 0; i < 3; i++) {
          out.println("line " + i);
          System.out.println(in.readLine());
        }
        s.setSoTimeout(20);
        try {
          in.read();
        } catch (SocketTimeoutException e) {
          System.out.println(e.getMessage());
        }
        s.shutdownOutput();
        System.out.println(in.readLine() + " " + s.isConnected() + " " + s.isClosed());
      }
      t.join();
      int port = server.getLocalPort();
      server.close();
      try {
        new Socket("127.0.0.1", port).close();
        System.out.println("connected?");
      } catch (ConnectException e) {
        System.out.println(e.getMessage());
      }
      try {
        server.accept();
      } catch (SocketException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  static void selecting() throws Exception {
    try (Selector sel = Selector.open(); ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).configureBlocking(false);
      server.register(sel, SelectionKey.OP_ACCEPT);
      Thread t = new Thread(() -> {
        try (SocketChannel c = SocketChannel.open(server.getLocalAddress())) {
          c.write(ByteBuffer.wrap("from the channel".getBytes()));
          ByteBuffer b = ByteBuffer.allocateDirect(100);
          while (b.position() < 5 && c.read(b) >= 0) {}
          b.flip();
          System.out.println("client got " + StandardCharsets.US_ASCII.decode(b));
        } catch (IOException e) {
          System.out.println(e);
        }
      });
      t.start();
      StringBuilder got = new StringBuilder();
      boolean open = true;
      while (open) {
        sel.select(5000);
        for (var it = sel.selectedKeys().iterator(); it.hasNext(); ) {
          SelectionKey k = it.next();
          it.remove();
          if (k.isAcceptable()) {
            ((ServerSocketChannel) k.channel()).accept().configureBlocking(false)
                .register(sel, SelectionKey.OP_READ, "attached");
          } else if (k.isReadable()) {
            ByteBuffer b = ByteBuffer.allocate(7);
            int n = ((SocketChannel) k.channel()).read(b);
            if (n < 0) {
              System.out.println(k.attachment() + " closed after " + got);
              k.channel().close();
              open = false;
            } else {
              got.append(new String(b.array(), 0, n));
              if (got.length() == 16) ((SocketChannel) k.channel()).write(ByteBuffer.wrap("reply".getBytes()));
            }
          }
        }
      }
      t.join();
      System.out.println(sel.selectNow() + " " + sel.keys().size() + " " + sel.wakeup().isOpen());
    }
  }

  public static void main(String[] args) throws Exception {
    blocking();
    selecting();
    try (DatagramSocket a = new DatagramSocket(0,
        InetAddress.getLoopbackAddress()); DatagramSocket b = new DatagramSocket()) {
      byte[] msg = "datagram".getBytes();
      b.send(new DatagramPacket(msg, msg.length, a.getLocalSocketAddress()));
      DatagramPacket p = new DatagramPacket(new byte[100], 100);
      a.receive(p);
      System.out.println(new String(p.getData(), 0, p.getLength()));
    }
    Pipe pipe = Pipe.open();
    pipe.sink().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
    System.out.println(pipe.source().read(ByteBuffer.allocate(10)));
    Thread reader = new Thread(() -> {
      try {
        pipe.source().read(ByteBuffer.allocate(1));
      } catch (ClosedByInterruptException e) {
        System.out.println("closed by interrupt " + Thread.interrupted());
      } catch (IOException e) {
        System.out.println(e);
      }
    });
    reader.start();
    Thread.sleep(20);
    reader.interrupt();
    reader.join();
    System.out.println(InetAddress.getByName("127.0.0.1") + " " + InetAddress.getByName("::1").getHostAddress() + " "
        + InetAddress.getByAddress(new byte[] {10, 0, 0, 1}).isSiteLocalAddress()
        + " " + new InetSocketAddress("127.0.0.1", 80) + " " + InetAddress.getLoopbackAddress().isLoopbackAddress()
        + " " + (NetworkInterface.getByName("lo") != null));
    URI u = new URI("http://user@host:8080/a/../b?q=1#f");
    System.out.println(u.normalize() + " " + u.getPort() + " " + u.resolve("../c") + " " + new URL("http://h/p?q")
        .getQuery() + " " + URLEncoder.encode("a b&\u00e9", "UTF-8") + " "
        + URLDecoder.decode("a+b%26", "UTF-8"));
  }
}
