// UDP over loopback: packets, truncation, connect, timeouts, broadcast flag, multicast options; unix domain sockets.
import java.io.*;
import java.net.*;
import java.nio.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

public class Udp {
  public static void main(String[] args) throws Exception {
    InetAddress loop = InetAddress.getLoopbackAddress();
    try (DatagramSocket a = new DatagramSocket(0, loop); DatagramSocket b = new DatagramSocket(new InetSocketAddress(loop, 0))) {
      byte[] msg = "a datagram".getBytes();
      a.send(new DatagramPacket(msg, msg.length, b.getLocalSocketAddress()));
      DatagramPacket in = new DatagramPacket(new byte[100], 100);
      b.receive(in);
      System.out.println(new String(in.getData(), 0, in.getLength()) + " " + (in.getPort() == a.getLocalPort()) + " " + in.getAddress()
          .isLoopbackAddress() + " " + in.getOffset());
      a.send(new DatagramPacket(msg, 2, 6, b.getLocalSocketAddress()));
      DatagramPacket small = new DatagramPacket(new byte[10], 3, 4);
      b.receive(small);
      System.out.println(small.getLength() + " [" + new String(small.getData(), 3, 4) + "] " + small.getData()[0]);
      a.send(new DatagramPacket(new byte[0], 0, b.getLocalSocketAddress()));
      in.setLength(100);
      b.receive(in);
      System.out.println(in.getLength());
      b.setSoTimeout(15);
      try {
        b.receive(in);
      } catch (SocketTimeoutException e) {
        System.out.println(e.getMessage());
      }
      a.connect(b.getLocalSocketAddress());
      System.out.println(a.isConnected() + " " + (a.getPort() == b.getLocalPort()) + " " + a.getRemoteSocketAddress().equals(b
          .getLocalSocketAddress()));
      a.send(new DatagramPacket(msg, msg.length));
      b.receive(in);
      System.out.println(in.getLength());
      try {
        a.send(new DatagramPacket(msg, msg.length, new InetSocketAddress(loop, 9)));
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage());
      }
      a.disconnect();
      System.out.println(a.isConnected() + " " + a.getBroadcast() + " " + a.getReuseAddress() + " " + (a.getReceiveBufferSize() > 0));
      b.setTrafficClass(8);
      a.close();
      try {
        a.send(in);
      } catch (SocketException e) {
        System.out.println(e.getMessage());
      }
      // Closing wakes the receiver.
      b.setSoTimeout(0);
      Thread t = new Thread(() -> {
        try {
          b.receive(new DatagramPacket(new byte[1], 1));
        } catch (IOException e) {
          System.out.println("receive: " + e.getMessage());
        }
      });
      t.start();
      Thread.sleep(10);
      b.close();
      t.join();
    }
    int n = 0;
    try (DatagramChannel x = DatagramChannel.open().bind(new InetSocketAddress(loop, 0)); DatagramChannel y = DatagramChannel.open()) {
      y.connect(x.getLocalAddress());
      for (int i = 0; i < 100; i++) {
        ByteBuffer b = ByteBuffer.allocateDirect(8).putLong(0, i);
        y.write(b);
        ByteBuffer r = ByteBuffer.allocate(8);
        x.receive(r);
        n += (int) r.getLong(0);
      }
      System.out.println(n + " " + x.supportedOptions().contains(StandardSocketOptions.IP_MULTICAST_TTL) + " " + x.getOption(
          StandardSocketOptions.IP_MULTICAST_LOOP));
    }
    // Unix domain sockets, a message each way.
    Path path = Path.of("sock");
    UnixDomainSocketAddress addr = UnixDomainSocketAddress.of(path);
    try (ServerSocketChannel s = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      s.bind(addr);
      Thread t = new Thread(() -> {
        try (SocketChannel c = s.accept()) {
          ByteBuffer b = ByteBuffer.allocate(100);
          c.read(b);
          b.flip();
          c.write(new ByteBuffer[] {ByteBuffer.wrap("got: ".getBytes()), b});
        } catch (IOException e) {
          System.out.println(e);
        }
      });
      t.start();
      try (SocketChannel c = SocketChannel.open(addr)) {
        c.write(ByteBuffer.wrap("over unix".getBytes()));
        ByteBuffer b = ByteBuffer.allocate(100);
        while (c.read(b) >= 0) {}
        System.out.println(new String(b.array(), 0, b.position()) + " " + c.getRemoteAddress() + " " + Files.exists(path));
      }
      t.join();
      try {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(addr);
      } catch (BindException e) {
        System.out.println(e.getMessage());
      }
    }
    Files.delete(path);
    try {
      SocketChannel.open(addr);
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
  }
}
