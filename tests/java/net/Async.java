// Asynchronous socket channels: handlers, futures, groups, timeouts, pending errors.
import java.io.IOException;
import java.net.*;
import java.nio.*;
import java.nio.channels.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;

public class Async {
  static class Server implements CompletionHandler<AsynchronousSocketChannel, Void> {
    final AsynchronousServerSocketChannel s;
    final AtomicInteger bytes = new AtomicInteger();

    Server(AsynchronousServerSocketChannel s) {
      this.s = s;
    }

    @Override
    public void completed(AsynchronousSocketChannel c, Void v) {
      s.accept(null, this);
      ByteBuffer b = ByteBuffer.allocate(64);
      c.read(b, b, new CompletionHandler<Integer, ByteBuffer>() {
        @Override
        public void completed(Integer n, ByteBuffer b) {
          if (n < 0) {
            close(c);
            return;
          }
          bytes.addAndGet(n);
          b.flip();
          c.write(b, b, new CompletionHandler<Integer, ByteBuffer>() {
            @Override
            public void completed(Integer w, ByteBuffer b2) {
              if (b2.hasRemaining()) {
                c.write(b2, b2, this);
              } else {
                b2.clear();
                again(b2);
              }
            }

            @Override
            public void failed(Throwable t, ByteBuffer b2) {
              close(c);
            }
          });
        }

        void again(ByteBuffer b2) {
          c.read(b2, b2, this);
        }

        @Override
        public void failed(Throwable t, ByteBuffer b) {
          close(c);
        }
      });
    }

    @Override
    public void failed(Throwable t, Void v) {
      System.out.println("accept ends: " + t.getClass().getSimpleName());
    }

    static void close(Channel c) {
      try {
        c.close();
      } catch (IOException e) {
        System.out.println(e);
      }
    }
  }

  public static void main(String[] args) throws Exception {
    AsynchronousChannelGroup g = AsynchronousChannelGroup.withFixedThreadPool(2, Executors.defaultThreadFactory());
    AsynchronousServerSocketChannel s = AsynchronousServerSocketChannel.open(g).bind(new InetSocketAddress(InetAddress
        .getLoopbackAddress(), 0));
    Server server = new Server(s);
    s.accept(null, server);
    int good = 0;
    for (int i = 0; i < 5; i++) {
      AsynchronousSocketChannel c = AsynchronousSocketChannel.open(g);
      c.connect(s.getLocalAddress()).get();
      String text = "message " + i;
      System.out.println(c.write(ByteBuffer.wrap(text.getBytes())).get());
      ByteBuffer b = ByteBuffer.allocate(text.length());
      while (b.hasRemaining()) c.read(b).get();
      if (new String(b.array()).equals(text)) good++;
      c.shutdownOutput();
      System.out.println(c.read(ByteBuffer.allocate(1)).get());
      c.close();
    }
    System.out.println(good + " " + server.bytes);
    AsynchronousSocketChannel c = AsynchronousSocketChannel.open(g);
    c.connect(s.getLocalAddress()).get();
    CompletableFuture<String> timed = new CompletableFuture<>();
    c.read(ByteBuffer.allocate(4), 10, TimeUnit.MILLISECONDS, null, new CompletionHandler<Integer, Void>() {
      @Override
      public void completed(Integer n, Void v) {
        timed.complete("read " + n);
      }

      @Override
      public void failed(Throwable t, Void v) {
        timed.complete(t.getClass().getSimpleName());
      }
    });
    System.out.println(timed.get());
    try {
      c.read(ByteBuffer.allocate(1));
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    AsynchronousSocketChannel d = AsynchronousSocketChannel.open(g);
    d.connect(s.getLocalAddress()).get();
    Future<Integer> pending = d.read(ByteBuffer.allocate(1));
    try {
      d.read(ByteBuffer.allocate(1));
    } catch (ReadPendingException e) {
      System.out.println("pending " + pending.isDone());
    }
    d.close();
    try {
      pending.get();
    } catch (ExecutionException e) {
      System.out.println(e.getCause().getClass().getSimpleName());
    }
    AsynchronousSocketChannel refused = AsynchronousSocketChannel.open();
    ServerSocket free = new ServerSocket(0);
    int port = free.getLocalPort();
    free.close();
    try {
      refused.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)).get();
    } catch (ExecutionException e) {
      System.out.println(e.getCause().getMessage());
    }
    try {
      AsynchronousSocketChannel.open(g).read(ByteBuffer.allocate(1));
    } catch (NotYetConnectedException e) {
      System.out.println("not connected");
    }
    ByteBuffer[] parts = {ByteBuffer.wrap("ab".getBytes()), ByteBuffer.wrap("cdef".getBytes())};
    AsynchronousSocketChannel x = AsynchronousSocketChannel.open(g);
    x.connect(s.getLocalAddress()).get();
    CompletableFuture<Long> gathered = new CompletableFuture<>();
    x.write(parts, 0, 2, 1, TimeUnit.SECONDS, null, new CompletionHandler<Long, Void>() {
      @Override
      public void completed(Long n, Void v) {
        gathered.complete(n);
      }

      @Override
      public void failed(Throwable t, Void v) {
        gathered.completeExceptionally(t);
      }
    });
    System.out.println(gathered.get());
    g.shutdownNow();
    System.out.println(g.awaitTermination(5, TimeUnit.SECONDS) + " " + g.isTerminated() + " " + s.isOpen());
  }
}
