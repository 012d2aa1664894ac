// Strings without invokedynamic: builders, comparison, searching, numbers to text and back, interning.
public class A5Strings {
  public static void main(String[] args) {
    String s = "abc";
    for (int i = 0; i < 5; i++) s = s + i + ',';
    System.out.println(s);
    System.out.println(s.length() + " " + s.indexOf("3") + " " + s.substring(2, 5) + " " + s.hashCode());
    System.out.println("x".equals("x") + " " + "a".compareTo("b") + " " + "AbC".toLowerCase() + " " + " t ".trim());
    System.out.println(Integer.parseInt("-42") + Integer.valueOf(2) + " " + Long.toString(1L << 50) + " " + Double.toString(0.1) + " " + 1e21);
    System.out.println((s + "").intern() == s.intern());
    System.out.println("a,b,c".split(",").length + " " + "aXbX".replace('X', '-') + " " + String.valueOf(true) + " " + null);
    System.out.println("\u00e9\u4e2d".length() + " " + "caf\u00e9".indexOf('\u00e9'));
    StringBuilder sb = new StringBuilder("xyz");
    System.out.println(sb.reverse().insert(1, 5).append('!').toString());
  }
}
