/** HSQLDB, in memory, with multi-version transactions. */
public class Hsqldb extends Db {
    public static void main(String[] a) throws Throwable { new Hsqldb().go(a); }
    String url(int it) throws Exception {
        Class.forName("org.hsqldb.jdbc.JDBCDriver");
        return "jdbc:hsqldb:mem:b" + it + ";hsqldb.tx=mvcc";
    }
}
