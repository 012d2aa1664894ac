/** H2, in memory. */
public class H2 extends Db {
    public static void main(String[] a) throws Throwable { new H2().go(a); }
    String url(int it) throws Exception {
        Class.forName("org.h2.Driver");
        return "jdbc:h2:mem:b" + it + ";DB_CLOSE_DELAY=-1";
    }
}
