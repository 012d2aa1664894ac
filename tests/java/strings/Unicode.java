// Code points, surrogates, case mapping, categories, normalisation, comparison, Latin-1 and UTF-16 forms.
import java.text.Normalizer;
import java.util.Locale;

public class Unicode {
  static String hex(String s) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) sb.append(c < 128 ? String.valueOf(c) : String.format("\\u%04x", (int) c));
    return sb.toString();
  }

  public static void main(String[] args) {
    String s = "a\u00e9\u4e2d\ud83d\ude00z\ud800";
    System.out.println(s.length() + " " + s.codePointCount(0, s.length()) + " " + s.codePointAt(3) + " "
        + s.codePointBefore(5) + " " + s.offsetByCodePoints(0, 4) + " " + s.indexOf(0x1F600) + " "
        + Character.isSurrogatePair(s.charAt(3), s.charAt(4)) + " " + s.hashCode());
    s.codePoints().forEach(c -> System.out.print(Integer.toHexString(c) + ":" + Character.getType(c) + " "));
    System.out.println();
    System.out.println(hex(new StringBuilder(s).reverse().toString()) + " " + hex(s.substring(1, 3)) + " "
        + hex(new String(Character.toChars(0x1F600))) + " " + hex(s.replace('\u4e2d', 'c')));
    System.out.println(hex("stra\u00dfe \ufb01".toUpperCase(Locale.ROOT)) + " "
        + hex("\u0130I\u03a3".toLowerCase(Locale.ROOT)) + " " + hex("iI".toUpperCase(new Locale("tr"))) + " "
        + hex("\u00ff\u00b5".toUpperCase(Locale.ROOT)) + " " + hex("\u01c5".toLowerCase(Locale.ROOT)));
    System.out.println("\u00c9COLE".equalsIgnoreCase("\u00e9cole") + " " + "a".compareTo("\u00e9") + " "
        + "\u4e2d".compareTo("a") + " " + "abc".compareTo("ab") + " " + "A".compareToIgnoreCase("b") + " "
        + "\u03c3".equalsIgnoreCase("\u03c2") + " " + "x\u0130".regionMatches(true, 1, "i", 0, 1));
    String e = Normalizer.normalize("\u00e9\u00c5", Normalizer.Form.NFD);
    System.out.println(hex(e) + " " + hex(Normalizer.normalize(e, Normalizer.Form.NFC)) + " "
        + hex(Normalizer.normalize("\ufb01\u00bd", Normalizer.Form.NFKC)));
    int[] probes = {'a', 'Z', '5', ' ', '_', 0x00e9, 0x0660, 0x2028, 0x3000, 0x4e2d, 0x1F600, 0x00b2, 0x2160, 0xffff};
    for (int c : probes) {
      System.out.print(Integer.toHexString(c) + "=" + (Character.isLetter(c) ? "L" : "")
          + (Character.isDigit(c) ? "D" : "")
          + (Character.isWhitespace(c) ? "W" : "") + (Character.isSpaceChar(c) ? "S" : "")
          + (Character.isUpperCase(c) ? "U" : "") + (Character.isJavaIdentifierStart(c) ? "J" : "")
          + (Character.isIdeographic(c) ? "I" : "") + (Character.isMirrored(c) ? "M" : "")
          + Character.getNumericValue(c) + " ");
    }
    System.out.println();
    System.out.println(Character.getName('A') + ", " + Character.getName(0x1F600) + ", "
        + Character.UnicodeBlock.of(0x4e2d) + ", " + Character.UnicodeScript.of(0x0434) + ", "
        + Character.digit('\u0663', 10) + ", " + Character.forDigit(11, 16) + ", "
        + Character.getDirectionality('\u05d0'));
    StringBuilder sb = new StringBuilder("latin");
    sb.append('\u4e2d').setLength(5);
    sb.append("1").insert(0, '\u00e9').deleteCharAt(1).setCharAt(0, 'L');
    System.out.println(sb + " " + sb.toString().equals("Latin1"));
    String latin = "caf\u00e9", wide = ("caf\u00e9\u4e2d").substring(0, 4);
    System.out.println(latin.equals(wide) + " " + (latin.hashCode() == wide.hashCode()) + " "
        + latin.contains("f\u00e9") + " " + "\u4e2d\u6587".indexOf("\u6587") + " " + "abcabc".lastIndexOf("bc") + " "
        + "ab\u4e2dab\u4e2d".lastIndexOf("ab", 2));
    System.out.println("  \u2003x\u3000 ".strip().length() + " " + "\u2003x ".trim().length() + " " + "\u2003".isBlank()
        + " " + "a\nb\r\nc\rd".lines().count() + " " + " x".stripLeading() + "x ".stripTrailing() + "|"
        + hex("\\t\\u00e9\\101".replace("\\u00e9", "E").translateEscapes()) + "|" + "a\n b".indent(2)
            .replace("\n", "/"));
  }
}
