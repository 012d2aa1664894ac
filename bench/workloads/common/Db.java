import java.sql.*;
import java.util.*;
// TPC-B like transactions and reporting queries on an in-memory database; each client thread has branches
// of its own, so the result does not depend on their order.
public abstract class Db extends Bench {
    static final int BR = 4, ACC = 2000;
    abstract String url(int it) throws Exception;
    public String iterate(final int it) throws Exception {
        final String url = url(it);
        final Connection c = DriverManager.getConnection(url, "sa", "");
        Statement s = c.createStatement();
        s.execute("create table branch(bid int primary key, bal bigint)");
        s.execute("create table acct(aid int primary key, bid int, bal bigint, filler varchar(100))");
        s.execute("create table hist(hid int, aid int, bid int, delta bigint, txt varchar(60))");
        s.execute("create index acctb on acct(bid)");
        PreparedStatement p = c.prepareStatement("insert into branch values(?,0)");
        for (int b = 0; b < BR; b++) {
            p.setInt(1, b);
            p.executeUpdate();
        }
        p = c.prepareStatement("insert into acct values(?,?,0,?)");
        for (int i = 0; i < BR * ACC; i++) {
            p.setInt(1, i);
            p.setInt(2, i / ACC);
            p.setString(3, "account " + i + " filler");
            p.executeUpdate();
        }
        Thread[] ts = new Thread[BR];
        final Throwable[] err = new Throwable[1];
        for (int t = 0; t < BR; t++) {
            final int br = t;
            ts[t] = new Thread() {
                public void run() {
                    try {
                        tx(url, br);
                    } catch (Throwable e) { err[0] = e; }
                }
            };
            ts[t].start();
        }
        for (Thread t : ts) t.join();
        if (err[0] != null) {
            err[0].printStackTrace();
            throw new RuntimeException(err[0]);
        }
        StringBuilder r = new StringBuilder();
        String[] q = {"select sum(bal), count(*) from acct", "select sum(bal) from branch",
            "select bid, sum(delta), count(*), max(delta) from hist group by bid order by bid",
            "select a.bid, count(*) from hist h join acct a on a.aid=h.aid where h.delta > 4000 group by "
            + "a.bid order by a.bid",
            "select count(distinct aid) from hist where txt like '%7%'"};
        for (String x : q) {
            ResultSet rs = s.executeQuery(x);
            int n = rs.getMetaData().getColumnCount();
            while (rs.next()) {
                for (int k = 1; k <= n; k++) r.append(rs.getString(k)).append(',');
            }
            r.append(';');
            rs.close();
        }
        s.execute("drop table hist");
        s.execute("drop table acct");
        s.execute("drop table branch");
        c.close();
        return hash(r.toString()) + " " + r.substring(0, Math.min(r.length(), 120));
    }
    void tx(String url, int br) throws Exception {
        Connection c = DriverManager.getConnection(url, "sa", "");
        c.setAutoCommit(false);
        PreparedStatement ua = c.prepareStatement("update acct set bal = bal + ? where aid = ?"),
                          sa = c.prepareStatement("select bal from acct where aid = ?"),
                          ub = c.prepareStatement("update branch set bal = bal + ? where bid = ?"),
                          ih = c.prepareStatement("insert into hist values(?,?,?,?,?)");
        Rnd r = new Rnd(br + 5);
        long sum = 0;
        for (int i = 0; i < size / BR; i++) {
            int aid = br * ACC + r.next(ACC), d = r.next(10000) - 5000;
            for (int tries = 0;; tries++) {
                try {
                    ua.setLong(1, d);
                    ua.setInt(2, aid);
                    ua.executeUpdate();
                    sa.setInt(1, aid);
                    ResultSet rs = sa.executeQuery();
                    rs.next();
                    sum += rs.getLong(1);
                    rs.close();
                    ub.setLong(1, d);
                    ub.setInt(2, br);
                    ub.executeUpdate();
                    ih.setInt(1, i);
                    ih.setInt(2, aid);
                    ih.setInt(3, br);
                    ih.setLong(4, d);
                    ih.setString(5, "tx " + i + " of " + br);
                    ih.executeUpdate();
                    c.commit();
                    break;
                } catch (SQLException e) {
                    c.rollback();
                    if (tries > 200) throw e;
                }
            }
        }
        c.close();
    }
}
