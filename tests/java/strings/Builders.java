// StringBuilder and String methods: growth, insert, delete, replace, chars, repeat, compare, join, intern.
import java.util.StringJoiner;
import java.util.StringTokenizer;

public class Builders {
  static final String CONST = "intern" + "ed";

  public static void main(String[] args) {
    StringBuilder sb = new StringBuilder(4);
    sb.append(true).append('c').append(1).append(2L).append(1.5f).append(-0.0).append("s").append((String) null)
        .append(new char[] {'x', 'y', 'z'}, 1, 2).append("subseq", 1, 4).append((Object) null).appendCodePoint(65);
    System.out.println(sb + " " + sb.length() + " " + sb.indexOf("null") + " " + sb.lastIndexOf("null"));
    sb.insert(0, 99).insert(2, 'q').insert(3, "ins").insert(1, 2.5).insert(0, new char[] {'(', ')'});
    sb.delete(5, 9).deleteCharAt(0).replace(2, 4, "REPLACED").setLength(20);
    System.out.println(sb.reverse() + " " + sb.charAt(3) + " " + sb.substring(2, 6) + " "
        + sb.compareTo(new StringBuilder("z")));
    sb.setLength(25);
    System.out.println(sb.toString().replace('\0', '0') + " " + new StringBuilder("abc")
        .equals(new StringBuilder("abc")) + " "
        + "abc".contentEquals(new StringBuffer("abc")));
    StringBuilder big = new StringBuilder();
    for (int i = 0; i < 5000; i++) big.append(i);
    for (int i = 0; i < 500; i++) big.deleteCharAt(big.length() / 2);
    System.out.println(big.length() + " " + big.toString().hashCode());
    String made = new String("interned");
    System.out.println((CONST == "interned") + " " + (made == CONST) + " " + (made.intern() == CONST) + " "
        + (("inter" + args.length).intern() == "inter0") + " " + (BuildersOther.TEXT == CONST) + " "
        + (String.valueOf(new char[] {'i', 'n'}).intern() == "in"));
    System.out.println("ab".repeat(3) + "x".repeat(0) + " " + "a-b-c".replace("-", "") + " " + "aaa".replace("aa", "b")
        + " "
        + "abc".replace("", ".") + " " + "Hello".chars().sum() + " " + "hello".indexOf('l', 3) + " "
        + "hello".indexOf("", 9));
    System.out.println("prefix".startsWith("fix", 3) + " " + "x".endsWith("") + " "
        + "abc".regionMatches(1, "xbc", 1, 2) + " "
        + String.valueOf((Object) null) + " " + "a".concat("") + " " + "B".compareTo("a") + " "
        + "abc".subSequence(1, 2));
    StringJoiner j = new StringJoiner(", ", "{", "}").setEmptyValue("EMPTY");
    System.out.print(j + " ");
    System.out.println(j.add("a").add("b").merge(new StringJoiner("-").add("c").add("d")) + " " + j.length());
    StringTokenizer t = new StringTokenizer("a b;c", " ;", true);
    System.out.print(t.countTokens());
    while (t.hasMoreTokens()) System.out.print("[" + t.nextToken() + "]");
    System.out.println();
    char[] cs = "characters".toCharArray();
    "XYZ".getChars(0, 2, cs, 1);
    System.out.println(new String(cs, 0, 5) + String.copyValueOf(cs, 8, 2) + " " + Integer.toString(-255, 16) + " "
        + Integer.toBinaryString(-8).length() + " " + Long.toString(Long.MIN_VALUE, 36) + " "
        + Integer.parseInt("-zz", 36)
        + " " + Integer.parseUnsignedInt("4294967295") + " " + Integer.decode("-0x1F") + " " + Long.decode("#ff") + " "
        + Byte.parseByte("-128") + " " + Short.valueOf("123") + " " + Boolean.parseBoolean("TRUE") + " "
        + Integer.toHexString(-1) + " " + Integer.toOctalString(64) + " " + Character.toString(97));
    StringBuffer shared = new StringBuffer();
    for (char c = 'a'; c < 'f'; c++) shared.append(c).append(shared.length());
    System.out.println(shared + " " + "hash".hashCode() + " " + "".hashCode() + " " + "\0".hashCode() + " "
        + "Mixed Case".toLowerCase().toUpperCase() + " " + "a,b".split(",").length + " "
        + "tr".transform(s -> s + s.length()));
    String s = "";
    for (int i = 0; i < 50; i++) s = s + i % 7 + (i % 2 == 0 ? "e" : "o");
    System.out.println(s);
  }
}

class BuildersOther {
  static final String TEXT = "interned";
}
