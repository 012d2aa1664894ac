// Selectors: an echo server of one thread with many clients, wakeup, interest sets, cancel, selectedKeys, UDP channels, closed keys.
import java.io.*;
import java.net.*;
import java.nio.*;
import java.nio.channels.*;
import java.nio.charset.StandardCharsets;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Selectors {
  static final InetAddress LOOP = InetAddress.getLoopbackAddress();

  static class Echo implements Runnable {
    final Selector selector = Selector.open();
    final ServerSocketChannel server = ServerSocketChannel.open();
    final AtomicInteger accepted = new AtomicInteger(), closed = new AtomicInteger();
    volatile boolean stop;

    Echo() throws IOException {
      server.configureBlocking(false);
      server.bind(new InetSocketAddress(LOOP, 0));
      server.register(selector, SelectionKey.OP_ACCEPT);
    }

    int port() throws IOException {
      return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    @Override
    public void run() {
      try {
        while (!stop) {
          selector.select();
          for (Iterator<SelectionKey> it = selector.selectedKeys().iterator(); it.hasNext();) {
            SelectionKey k = it.next();
            it.remove();
            if (k.isAcceptable()) accept();
            else if (k.isReadable()) read(k);
            else if (k.isWritable()) write(k);
          }
        }
        for (SelectionKey k : selector.keys()) k.channel().close();
        selector.close();
      } catch (IOException e) {
        System.out.println("server " + e);
      }
    }

    void accept() throws IOException {
      SocketChannel c = server.accept();
      if (c == null) return;
      accepted.incrementAndGet();
      c.configureBlocking(false);
      c.register(selector, SelectionKey.OP_READ, ByteBuffer.allocateDirect(4096));
    }

    void read(SelectionKey k) throws IOException {
      ByteBuffer b = (ByteBuffer) k.attachment();
      int n = ((SocketChannel) k.channel()).read(b);
      if (n < 0) {
        k.channel().close();
        closed.incrementAndGet();
      } else {
        k.interestOps(SelectionKey.OP_WRITE);
      }
    }

    void write(SelectionKey k) throws IOException {
      ByteBuffer b = (ByteBuffer) k.attachment();
      b.flip();
      for (int i = b.position(); i < b.limit(); i++) b.put(i, (byte) Character.toUpperCase(b.get(i)));
      ((SocketChannel) k.channel()).write(b);
      if (!b.hasRemaining()) k.interestOps(SelectionKey.OP_READ);
      b.compact();
    }
  }

  public static void main(String[] args) throws Exception {
    Echo echo = new Echo();
    Thread server = new Thread(echo);
    server.start();
    AtomicInteger good = new AtomicInteger();
    Thread[] clients = new Thread[10];
    for (int i = 0; i < clients.length; i++) {
      int k = i;
      (clients[i] = new Thread(() -> {
        try (SocketChannel c = SocketChannel.open(new InetSocketAddress(LOOP, echo.port()))) {
          for (int r = 0; r < 5; r++) {
            String text = "client " + k + " round " + r;
            c.write(ByteBuffer.wrap(text.getBytes()));
            ByteBuffer b = ByteBuffer.allocate(text.length());
            while (b.hasRemaining() && c.read(b) >= 0) {}
            if (new String(b.array()).equals(text.toUpperCase())) good.incrementAndGet();
          }
        } catch (IOException e) {
          System.out.println(e);
        }
      })).start();
    }
    for (Thread t : clients) t.join();
    echo.stop = true;
    echo.selector.wakeup();
    server.join();
    System.out.println(good + " " + echo.accepted + " " + echo.selector.isOpen() + " " + echo.server.isOpen());

    Selector s = Selector.open();
    System.out.println(s.selectNow() + " " + s.select(5) + " " + s.keys().size());
    s.wakeup();
    System.out.println(s.select());  // the wakeup before it counts
    Pipe pipe = Pipe.open();
    try {
      pipe.source().register(s, SelectionKey.OP_READ);
    } catch (IllegalBlockingModeException e) {
      System.out.println("blocking");
    }
    pipe.source().configureBlocking(false);
    try {
      pipe.source().register(s, SelectionKey.OP_WRITE);
    } catch (IllegalArgumentException e) {
      System.out.println("not for a source");
    }
    SelectionKey key = pipe.source().register(s, SelectionKey.OP_READ, "attachment");
    System.out.println(key.isValid() + " " + key.interestOps() + " " + key.attachment() + " " + s.selectNow() + " " + pipe.source()
        .read(ByteBuffer.allocate(1)));
    pipe.sink().write(ByteBuffer.wrap(new byte[] {1, 2}));
    System.out.println(s.select() + " " + key.isReadable() + " " + s.select(1) + " " + s.selectedKeys().contains(key));
    s.selectedKeys().clear();
    System.out.println(s.select(k -> System.out.println("action " + k.attachment() + " " + k.readyOps())));
    key.interestOps(0);
    System.out.println(s.selectNow() + " " + key.interestOpsOr(SelectionKey.OP_READ) + " " + s.selectNow());
    pipe.sink().close();
    ByteBuffer rest = ByteBuffer.allocate(8);
    System.out.println(pipe.source().read(rest) + " " + pipe.source().read(rest));
    key.cancel();
    System.out.println(key.isValid() + " " + s.selectNow() + " " + s.keys().size() + " " + pipe.source().keyFor(s));
    try {
      key.interestOps();
    } catch (CancelledKeyException e) {
      System.out.println("cancelled");
    }
    try {
      s.keys().clear();
    } catch (UnsupportedOperationException e) {
      System.out.println("keys are read only");
    }

    // Non-blocking connect, and UDP in the same selector.
    ServerSocketChannel ss = ServerSocketChannel.open().bind(new InetSocketAddress(LOOP, 0));
    SocketChannel c = SocketChannel.open();
    c.configureBlocking(false);
    boolean at_once = c.connect(ss.getLocalAddress());
    c.register(s, SelectionKey.OP_CONNECT);
    if (!at_once) {
      while (s.select() == 0) {}
      System.out.println(s.selectedKeys().iterator().next().isConnectable() + " " + c.finishConnect());
    } else {
      System.out.println("true true");
    }
    c.keyFor(s).cancel();
    s.selectedKeys().clear();
    SocketChannel peer = ss.accept();
    System.out.println(c.isConnected() + " " + c.getRemoteAddress().equals(ss.getLocalAddress()) + " " + peer.getRemoteAddress()
        .equals(c.getLocalAddress()) + " " + c.setOption(StandardSocketOptions.TCP_NODELAY, true).getOption(
            StandardSocketOptions.TCP_NODELAY));
    peer.shutdownOutput();
    s.selectNow();
    c.register(s, SelectionKey.OP_READ);
    s.select();
    System.out.println(c.read(ByteBuffer.allocate(1)));
    c.close();
    DatagramChannel a = DatagramChannel.open().bind(new InetSocketAddress(LOOP, 0)), b = DatagramChannel.open().bind(
        new InetSocketAddress(LOOP, 0));
    a.configureBlocking(false);
    a.register(s, SelectionKey.OP_READ);
    System.out.println(a.receive(ByteBuffer.allocate(5)));
    System.out.println(b.send(ByteBuffer.wrap("datagram".getBytes()), a.getLocalAddress()));
    s.selectedKeys().clear();
    while (s.select() == 0) {}
    ByteBuffer small = ByteBuffer.allocate(4);
    System.out.println(a.receive(small).equals(b.getLocalAddress()) + " " + new String(small.array()));
    b.connect(a.getLocalAddress());
    a.send(ByteBuffer.wrap("back".getBytes()), b.getLocalAddress());
    small.clear();
    System.out.println(b.read(small) + " " + b.isConnected() + " " + new String(small.array()));
    s.close();
    try {
      s.select();
    } catch (ClosedSelectorException e) {
      System.out.println("closed selector");
    }
    System.out.println(a.isOpen() + " " + a.isRegistered());
    // A thread in select while another closes the selector.
    Selector shut = Selector.open();
    CountDownLatch in = new CountDownLatch(1);
    Thread t = new Thread(() -> {
      in.countDown();
      try {
        shut.select();
        System.out.println("returned");
      } catch (ClosedSelectorException | IOException e) {
        System.out.println("returned");
      }
    });
    t.start();
    in.await();
    Thread.sleep(5);
    shut.close();
    t.join();
    System.out.println(StandardCharsets.UTF_8.name());
  }
}
