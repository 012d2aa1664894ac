// modes: default, baseline
// RMI over loopback in one process: a registry, remote objects with several interfaces, arguments by value and by reference, callbacks, exceptions that cross with both traces, unexported objects, unmarshalling of
// what is not there.
import java.io.*;
import java.net.*;
import java.rmi.*;
import java.rmi.registry.*;
import java.rmi.server.*;
import java.util.*;
import java.util.concurrent.*;

public class Rmi {
  interface Listener extends Remote {
    void told(String what) throws RemoteException;
  }

  interface Accounts extends Remote {
    int deposit(String name, int amount) throws RemoteException, AccountException;

    Map<String, Integer> all() throws RemoteException;

    void listen(Listener l) throws RemoteException;

    Object echo(Object o) throws RemoteException;

    List<Integer> change(List<Integer> l) throws RemoteException;

    Accounts self() throws RemoteException;

    void fail() throws RemoteException;
  }

  static class AccountException extends Exception {
    final int code;

    AccountException(String m, int code) {
      super(m);
      this.code = code;
    }
  }

  static class Local {}

  static class Impl implements Accounts {
    final Map<String, Integer> accounts = new ConcurrentSkipListMap<>();
    final List<Listener> listeners = new CopyOnWriteArrayList<>();

    @Override
    public int deposit(String name, int amount) throws RemoteException, AccountException {
      if (amount < 0) throw new AccountException("negative", amount);
      int n = accounts.merge(name, amount, Integer::sum);
      for (Listener l : listeners) l.told(name + " has " + n);
      return n;
    }

    @Override
    public Map<String, Integer> all() {
      return new TreeMap<>(accounts);
    }

    @Override
    public void listen(Listener l) {
      listeners.add(l);
    }

    @Override
    public Object echo(Object o) {
      return o;
    }

    @Override
    public List<Integer> change(List<Integer> l) {
      l.add(99);
      return l;
    }

    @Override
    public Accounts self() {
      return this;
    }

    @Override
    public void fail() {
      throw new IllegalStateException("on the server");
    }
  }

  public static void main(String[] args) throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    System.setProperty("java.rmi.server.hostname", loopback.getHostAddress());
    RMIServerSocketFactory sockets = port -> new ServerSocket(port, 50, loopback);
    ServerSocket probe = new ServerSocket(0, 1, loopback);
    int port = probe.getLocalPort();
    probe.close();
    Registry registry = LocateRegistry.createRegistry(port, null, sockets);
    Impl impl = new Impl();
    Remote stub = UnicastRemoteObject.exportObject(impl, 0, null, sockets);
    System.out.println((stub instanceof Accounts) + " " + java.lang.reflect.Proxy.isProxyClass(stub.getClass()) + " " + RemoteObject.toStub(impl).equals(stub));
    registry.bind("accounts", stub);
    try {
      registry.bind("accounts", stub);
    } catch (AlreadyBoundException e) {
      System.out.println("bound " + e.getMessage());
    }
    Registry found = LocateRegistry.getRegistry(loopback.getHostAddress(), port);
    try {
      found.lookup("none");
    } catch (NotBoundException e) {
      System.out.println("not bound " + e.getMessage());
    }
    System.out.println(Arrays.toString(found.list()));
    Accounts a = (Accounts) found.lookup("accounts");
    System.out.println(a.deposit("me", 5) + " " + a.deposit("me", 7) + " " + a.deposit("you", 1) + " " + a.all() + " " + a.equals(stub) + " " + (a == stub));
    List<Integer> mine = new ArrayList<>(List.of(1, 2));
    System.out.println(a.change(mine) + " " + mine);
    int[][] arrays = {{1}, {2, 3}};
    Object same = "s";
    Object[] shared = {same, same, List.of(arrays)};
    Object[] back = (Object[]) a.echo(shared);
    System.out.println((back[0] == back[1]) + " " + Arrays.deepToString(((List<?>) back[2]).toArray()) + " " + a.echo(null) + " " + a.echo(RetentionOf.A).equals(RetentionOf.A));
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Listener l = told::add;
    UnicastRemoteObject.exportObject(l, 0, null, sockets);
    a.listen(l);
    a.deposit("me", 1);
    System.out.println(told.poll(10, TimeUnit.SECONDS));
    try {
      a.deposit("me", -3);
    } catch (AccountException e) {
      boolean server = false, client = false;
      for (StackTraceElement x : e.getStackTrace()) {
        server |= x.getClassName().equals("Rmi$Impl");
        client |= x.getClassName().equals("Rmi");
      }
      System.out.println(e.getMessage() + " " + e.code + " " + server + " " + client);
    }
    try {
      a.fail();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      a.echo(new Local());
    } catch (RemoteException e) {
      System.out.println(e.getClass().getSimpleName() + " " + e.getCause().getClass().getSimpleName());
    }
    System.out.println(a.self().deposit("me", 1) + " " + a.self().equals(a) + " " + RemoteObject.toStub(impl).toString().startsWith("Proxy[Rmi$Accounts"));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<Integer>> results = new ArrayList<>();
    for (int i = 0; i < 40; i++) results.add(pool.submit(() -> a.deposit("many", 1)));
    Set<Integer> sums = new TreeSet<>();
    for (Future<Integer> f : results) sums.add(f.get());
    pool.shutdown();
    System.out.println(sums.size() + " " + a.all());
    System.out.println(UnicastRemoteObject.unexportObject(impl, true));
    try {
      a.all();
    } catch (NoSuchObjectException e) {
      System.out.println(e.getMessage());
    }
    try {
      RemoteObject.toStub(impl);
    } catch (NoSuchObjectException e) {
      System.out.println(e.getMessage());
    }
    registry.unbind("accounts");
    System.out.println(found.list().length + " " + UnicastRemoteObject.unexportObject(l, true) + " " + UnicastRemoteObject.unexportObject(registry, true));
    try {
      LocateRegistry.getRegistry(loopback.getHostAddress(), port).list();
    } catch (RemoteException e) {
      System.out.println(e.getClass().getSimpleName());
    }
  }

  enum RetentionOf {
    A, B
  }
}
