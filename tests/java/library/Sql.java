// java.sql without a database: a driver of one's own found by DriverManager, Date, Time and Timestamp, exceptions and their chains, wrappers; a proxy for a whole connection; batch and truncation exceptions, serial blobs, cached rows.
import java.lang.reflect.*;
import java.sql.*;
import java.util.*;
import java.util.Date;
import java.util.logging.Logger;
import javax.sql.rowset.*;
import javax.sql.rowset.serial.*;

public class Sql {
  static class Mine implements Driver {
    final String prefix;

    Mine(String prefix) {
      this.prefix = prefix;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
      if (!acceptsURL(url)) return null;
      if (url.endsWith("refuse")) throw new SQLInvalidAuthorizationSpecException("no", "28000", 5);
      return (Connection) Proxy.newProxyInstance(Sql.class.getClassLoader(), new Class<?>[] {Connection.class}, (p, m, a) -> switch (m.getName()) {
        case "isValid" -> true;
        case "getCatalog" -> info.getProperty("user") + ":" + info.getProperty("password");
        case "toString" -> "connection " + url;
        case "close" -> null;
        default -> throw new SQLFeatureNotSupportedException(m.getName());
      });
    }

    @Override
    public boolean acceptsURL(String url) {
      return url.startsWith(prefix);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
      return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
      return 1;
    }

    @Override
    public int getMinorVersion() {
      return 2;
    }

    @Override
    public boolean jdbcCompliant() {
      return false;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
      throw new SQLFeatureNotSupportedException();
    }
  }

  public static void main(String[] args) throws Exception {
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
    try {
      DriverManager.getConnection("jdbc:none:x");
    } catch (SQLException e) {
      System.out.println(e.getMessage() + " " + e.getSQLState() + " " + e.getErrorCode());
    }
    Driver one = new Mine("jdbc:one:");
    DriverManager.registerDriver(one, () -> System.out.println("deregistered"));
    DriverManager.registerDriver(new Mine("jdbc:two:"));
    System.out.println(DriverManager.getDriver("jdbc:two:x").getMinorVersion() + " " + DriverManager.drivers().filter(d -> d instanceof Mine).count());
    try (Connection c = DriverManager.getConnection("jdbc:one:a", "me", "secret")) {
      System.out.println(c + " " + c.isValid(1) + " " + c.getCatalog());
      c.createStatement();
    } catch (SQLFeatureNotSupportedException e) {
      System.out.println(e.getMessage() + " " + (e instanceof SQLNonTransientException));
    }
    try {
      DriverManager.getConnection("jdbc:one:refuse");
    } catch (SQLException e) {
      System.out.println(e + " " + e.getSQLState() + " " + e.getErrorCode());
    }
    DriverManager.deregisterDriver(one);
    Timestamp t = Timestamp.valueOf("2020-02-29 12:34:56.123456789");
    System.out.println(t + " " + t.getNanos() + " " + t.getTime() + " " + t.toLocalDateTime() + " " + t.toInstant() + " " + Timestamp.valueOf("2020-1-2 3:4:5").getTime() + " " + t.equals(new Date(t.getTime())) + " " + new Date(t.getTime()).equals(t) + " " + t.compareTo(new Timestamp(t.getTime()))
        + " " + t.before(new Timestamp(t.getTime() + 1)));
    System.out.println(java.sql.Date.valueOf("1969-12-31").getTime() + " " + java.sql.Date.valueOf("2000-01-01") + " " + Time.valueOf("23:59:59").getTime() + " " + Time.valueOf("01:02:03").toLocalTime() + " " + new Timestamp(-1) + " " + new Timestamp(-1).getNanos());
    for (String bad : List.of("2020-13-01", "x", "2020-01-01 1:2")) {
      try {
        System.out.println(Timestamp.valueOf(bad));
      } catch (IllegalArgumentException e) {
        System.out.println(e.getMessage());
      }
    }
    try {
      java.sql.Date.valueOf("2020-01-01").getHours();
    } catch (IllegalArgumentException e) {
      System.out.println("no hours " + e.getMessage());
    }
    SQLException e = new SQLException("first", "01000", 1, new IllegalStateException("cause"));
    e.setNextException(new SQLException("second"));
    e.setNextException(new BatchUpdateException("third", new int[] {1, Statement.EXECUTE_FAILED}));
    for (Throwable x : e) System.out.print(x.getMessage() + "; ");
    System.out.println(e.getNextException().getNextException().getMessage());
    SQLWarning w = new SQLWarning("a");
    w.setNextWarning(new DataTruncation(1, true, false, 10, 5));
    System.out.println(w.getNextWarning() + " " + w.getNextWarning().getSQLState() + " " + ((DataTruncation) w.getNextWarning()).getTransferSize());
    SerialBlob b = new SerialBlob("some bytes".getBytes());
    System.out.println(b.length() + " " + new String(b.getBytes(6, 5)) + " " + b.position("byte".getBytes(), 1) + " " + b.setBytes(1, "SOME".getBytes()) + " " + new String(b.getBinaryStream().readAllBytes()));
    try {
      b.getBytes(20, 1);
    } catch (SerialException x) {
      System.out.println(x.getMessage());
    }
    SerialClob cl = new SerialClob("characters".toCharArray());
    System.out.println(cl.getSubString(3, 4) + " " + cl.position("act", 1));
    RowSetMetaDataImpl meta = new RowSetMetaDataImpl();
    meta.setColumnCount(2);
    meta.setColumnName(1, "id");
    meta.setColumnType(1, Types.INTEGER);
    meta.setColumnName(2, "name");
    meta.setColumnType(2, Types.VARCHAR);
    CachedRowSet rows = RowSetProvider.newFactory().createCachedRowSet();
    rows.setMetaData(meta);
    for (int i = 0; i < 3; i++) {
      rows.moveToInsertRow();
      rows.updateInt("id", i);
      rows.updateString("name", "n" + i);
      rows.insertRow();
    }
    rows.moveToCurrentRow();
    rows.beforeFirst();
    while (rows.next()) System.out.print(rows.getRow() + ":" + rows.getInt(1) + "=" + rows.getString("name") + " ");
    System.out.println(rows.size() + " " + rows.last() + " " + rows.findColumn("NAME") + " " + JDBCType.valueOf(Types.VARCHAR) + " " + JDBCType.BLOB.getVendorTypeNumber());
    try {
      rows.getInt("none");
    } catch (SQLException x) {
      System.out.println(x.getMessage());
    }
  }
}
