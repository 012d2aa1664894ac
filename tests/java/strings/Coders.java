// Strings of one and two bytes a character meeting each other: search, compare, replace, join, regions, case, builders that widen, hash codes, interning, code points at every edge, decoding of malformed bytes, and bounds errors with their messages.
import java.nio.*;
import java.nio.charset.*;
import java.util.*;
import java.util.stream.*;

public class Coders {
  static final String[] S = {"", "a", "abc", "abcabc", "\u00ff", "a\u00ffb", "\u0100", "a\u0100b", "abc\u0100", "\u4e2d\u6587", "\ud83d\ude00", "x\ud83d\ude00y", "\ud83d", "\ude00\ud83d", "\u0000", "ABC", "\u0130", "\u00df"};

  static String ascii(String s) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) sb.append(c >= 32 && c < 127 ? "" + c : String.format("\\u%04x", (int) c));
    return sb.toString();
  }

  interface Call {
    Object run();
  }

  static void show(Call c) {
    try {
      System.out.println(ascii(String.valueOf(c.run())));
    } catch (RuntimeException | OutOfMemoryError e) {
      System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  static void matrix() {
    int compare = 0, index = 0, last = 0, starts = 0, region = 0, equal = 0, contains = 0, ci = 0;
    long hashes = 0;
    for (String a : S)
      for (String b : S) {
        compare = 31 * compare + a.compareTo(b);
        index = 31 * index + a.indexOf(b) + a.indexOf(b, 1);
        last = 31 * last + a.lastIndexOf(b) + a.lastIndexOf(b, 2);
        starts = 31 * starts + (a.startsWith(b) ? 1 : 0) + (a.endsWith(b) ? 2 : 0) + (a.startsWith(b, 1) ? 4 : 0);
        region = 31 * region + (a.regionMatches(1, b, 0, 1) ? 1 : 0) + (a.regionMatches(true, 0, b, 0, b.length()) ? 2 : 0);
        equal = 31 * equal + (a.equals(b) ? 1 : 0) + (a.contentEquals(new StringBuilder(b)) ? 2 : 0) + (a.equalsIgnoreCase(b) ? 4 : 0);
        contains += a.contains(b) ? 1 : 0;
        ci = 31 * ci + a.compareToIgnoreCase(b);
        hashes = 31 * hashes + (a + b).hashCode() + a.concat(b).hashCode() + String.join(b, a, a).hashCode() + a.replace(b, "-").hashCode() + ("x" + a + 5 + b + 'c').hashCode() + a.repeat(3).hashCode();
      }
    System.out.println(compare + " " + index + " " + last + " " + starts + " " + region + " " + equal + " " + contains + " " + ci + " " + hashes);
    for (String a : S)
      System.out.print(a.length() + "," + a.codePointCount(0, a.length()) + "," + a.toUpperCase(Locale.ROOT).length() + "," + a.chars().sum() + "," + a.codePoints().max().orElse(-1) + "," + a.hashCode() + " ");
    System.out.println();
  }

  static void builders() {
    StringBuilder sb = new StringBuilder("abc");
    sb.append('\u0100').insert(0, "\u00e9").append(1.5f).append(true).append((Object) null).append(new char[] {'x', '\u4e2d'}, 1, 1).appendCodePoint(0x1f600).insert(2, 7L);
    show(() -> sb + " " + sb.length() + " " + sb.indexOf("\u0100") + " " + sb.lastIndexOf("l") + " " + sb.codePointAt(sb.length() - 2));
    sb.setLength(5);
    show(() -> sb.reverse() + " " + sb.deleteCharAt(0) + " " + sb.replace(0, 100, "zz") + " " + sb.capacity());
    sb.setLength(4);
    show(() -> sb.toString());
    StringBuilder surrogates = new StringBuilder("a\ud83d\ude00b\ude00\ud83d");
    show(() -> surrogates.reverse());
    sb.setLength(0);
    sb.append("wide \u0100");
    sb.setLength(4);
    show(() -> sb.toString().equals("wide") + " " + sb.compareTo(new StringBuilder("wide")) + " " + sb.chars().count() + " " + "wide".contentEquals(sb));
    show(() -> sb.insert(9, "x"));
    show(() -> sb.charAt(4));
    show(() -> sb.delete(3, 2));
    show(() -> new StringBuilder(-1));
    show(() -> sb.append("abc", 2, 1));
    show(() -> sb.replace(5, 6, ""));
    show(() -> sb.substring(2, 1));
  }

  static void bounds() {
    String s = "abc", w = "ab\u0100";
    for (String x : new String[] {s, w}) {
      show(() -> x.charAt(3));
      show(() -> x.charAt(-1));
      show(() -> x.substring(4));
      show(() -> x.substring(2, 1));
      show(() -> x.subSequence(-1, 2));
      show(() -> x.codePointAt(3));
      show(() -> x.codePointBefore(0));
      show(() -> x.offsetByCodePoints(0, 4));
      show(() -> x.indexOf("b", -5) + " " + x.indexOf('b', 99) + " " + x.lastIndexOf("b", -1) + " " + x.indexOf("", 99) + " " + x.lastIndexOf("") + " " + x.indexOf(0x100) + " " + x.indexOf(0x1f600));
    }
    show(() -> new String(new char[] {'a'}, 0, 2));
    show(() -> new String(new int[] {0x110000}, 0, 1));
    show(() -> new String(new byte[3], 2, 2, StandardCharsets.UTF_8));
    show(() -> "a".repeat(-1));
    show(() -> "ab".repeat(Integer.MAX_VALUE));
    show(() -> String.valueOf(new char[] {'a', 'b', 'c'}, 1, 2) + String.copyValueOf(new char[] {'\u0100'}));
    show(() -> {
      "abc".getChars(1, 3, new char[1], 0);
      return "";
    });
  }

  static void bytes() throws Exception {
    byte[][] odd = {{(byte) 0xc0, (byte) 0x80}, {(byte) 0xe2, (byte) 0x82}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, {(byte) 0xf0, (byte) 0x9f, (byte) 0x98, (byte) 0x80}, {(byte) 0xf5, 'a'}, {'a', (byte) 0x80, 'b'}, {(byte) 0xf0, (byte) 0x9f, 'x'}, {(byte) 0xc3, (byte) 0xa9}};
    for (byte[] b : odd) {
      show(() -> new String(b, StandardCharsets.UTF_8) + " " + new String(b, StandardCharsets.ISO_8859_1) + " " + new String(b, StandardCharsets.US_ASCII) + " " + new String(b, StandardCharsets.UTF_16BE));
      try {
        StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(b));
        System.out.println("decoded");
      } catch (CharacterCodingException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    for (String s : S)
      System.out.print(HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_8)) + "," + HexFormat.of().formatHex(s.getBytes(StandardCharsets.ISO_8859_1)) + "," + HexFormat.of().formatHex(s.getBytes(StandardCharsets.UTF_16LE)) + "," + s.getBytes("UTF-16").length + "," + s.getBytes(
          "windows-1252").length + " ");
    System.out.println();
  }

  static void interning() {
    String a = "con" + "stant", b = new String("constant"), c = ("con" + S[0] + "stant");
    System.out.println((a == "constant") + " " + (b == a) + " " + (b.intern() == a) + " " + (c == a) + " " + (c.intern() == a) + " " + (new String("\u0100x").intern() == "\u0100x") + " " + ("" == new String().intern()));
    Set<String> identities = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 5000; i++) identities.add(("i" + i % 1000).intern());
    System.gc();
    for (int i = 0; i < 5000; i++) identities.add(new StringBuilder("i").append(i % 1000).toString().intern());
    System.out.println(identities.size());
    System.out.println(ascii(Stream.of(S).map(String::strip).filter(x -> !x.isBlank()).map(x -> x.toLowerCase(Locale.ROOT)).sorted().collect(Collectors.joining("|", "<", ">"))));
    System.out.println("b,a,,c,,".split(",").length + " " + Arrays.toString("b,a,,c,,".split(",", -1)) + Arrays.toString(" x  y".split(" ")) + Arrays.toString("abc".split("")) + Arrays.toString("a1b22c".split("\\d+", 2)) + ascii(Arrays.toString("a\u0100b\u0100".split("\u0100"))));
    System.out.println("a\tb\\n\"".translateEscapes().length() + " " + ascii("\\t\\101\\s|".translateEscapes()) + " " + "%5s|%-5s|%05d".formatted("a", "b", 7) + " " + "Ab".chars().mapToObj(i -> (char) i).toList() + " " + "x".transform(x -> x + 1) + " " + "abc".compareTo("abd") + " "
        + "a-b-c".replaceFirst("-", "\\$") + " " + "aXbX".replace('X', '\u0041') + " " + "aaa".replace("aa", "b") + " " + "abc".replace("", "-"));
  }

  public static void main(String[] args) throws Exception {
    matrix();
    builders();
    bounds();
    bytes();
    interning();
  }
}
