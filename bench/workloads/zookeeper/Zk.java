import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import org.apache.zookeeper.*;
import org.apache.zookeeper.data.*;
import org.apache.zookeeper.server.*;
public class Zk extends Bench {
    public static void main(String[] a) throws Throwable { new Zk().go(a); }
    int port;
    ServerCnxnFactory f;
    public void setup() throws Exception {
        ZooKeeperServer z = new ZooKeeperServer(new File(tmp, "d"), new File(tmp, "l"), 2000);
        f = ServerCnxnFactory.createFactory(new java.net.InetSocketAddress("127.0.0.1", 0), 60);
        f.startup(z);
        port = f.getLocalPort();
    }
    public void teardown() { f.shutdown(); }
    public String iterate(final int it) throws Exception {
        ExecutorService ex = Executors.newFixedThreadPool(4);
        List<Future<Long>> fs = new ArrayList<Future<Long>>();
        for (int t = 0; t < 4; t++) {
            final int tt = t;
            fs.add(ex.submit(new Callable<Long>() {
                public Long call() throws Exception {
                    final CountDownLatch l = new CountDownLatch(1);
                    final int[] ev = new int[1];
                    ZooKeeper z = new ZooKeeper("127.0.0.1:" + port, 30000, new Watcher() {
                        public void process(WatchedEvent e) {
                            if (e.getState() == Event.KeeperState.SyncConnected) l.countDown();
                        }
                    });
                    l.await();
                    String root = "/i" + it + "t" + tt;
                    z.create(root, new byte[0], ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                    Rnd r = new Rnd(tt);
                    long h = FNV0;
                    int n = size / 4;
                    for (int i = 0; i < n; i++) {
                        String p = root + "/n" + r.next(50);
                        byte[] d = text(r, 10).getBytes();
                        try {
                            z.create(p, d, ZooDefs.Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                        } catch (KeeperException.NodeExistsException e) {
                            Stat s = new Stat();
                            byte[] o = z.getData(p, false, s);
                            h = fnv(h, o, 0, o.length);
                            if (i % 5 == 0)
                                z.delete(p, -1);
                            else {
                                s = z.setData(p, d, s.getVersion());
                                h = fnv(h, s.getVersion());
                            }
                        }
                    }
                    List<String> c = z.getChildren(root, false);
                    Collections.sort(c);
                    h = fnv(h, c.toString());
                    for (String x : c) z.delete(root + "/" + x, -1);
                    z.delete(root, -1);
                    z.close();
                    return h;
                }
            }));
        }
        long h = FNV0;
        for (Future<Long> x : fs) h = fnv(h, x.get());
        ex.shutdown();
        return hex(h);
    }
}
