// Strings from C: UTF-16 and modified UTF-8, lengths, regions, critical, zero characters, surrogates, errors.
public class JniStrings {
  static native String[] make();
  static native void inspect(String s);
  static native String build(int n);

  static String hex(String s) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) sb.append(c >= 32 && c < 127 ? "" + c : String.format("<%x>", (int) c));
    return sb.toString();
  }

  public static void main(String[] args) {
    System.loadLibrary("JniStrings");
    for (String s : make()) System.out.println(s == null ? "null" : s.length() + " " + hex(s));
    for (String s : new String[] {"", "plain", "caf\u00e9", "\u4e2d\u6587", "a\0b", "\ud83d\ude00!",
        "\ud800"}) inspect(s);
    String long1 = build(100_000);
    System.out.println(long1.length() + " " + long1.hashCode() + " " + hex(long1.substring(0, 5)) + " "
        + "plain".equals(make()[0]));
  }
}
