// Collation, break iterators, normalisation, bidi, string iteration by code point, StringCharacterIterator, case mapping of odd characters, strip and lines and the newer String methods.
import java.text.*;
import java.util.*;
import java.util.stream.*;

public class Texts {
  static String ascii(String s) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) sb.append(c < 128 ? "" + c : String.format("\\u%04x", (int) c));
    return sb.toString();
  }

  static String breaks(BreakIterator b, String s) {
    b.setText(s);
    StringBuilder sb = new StringBuilder();
    for (int i = b.first(); i != BreakIterator.DONE; i = b.next()) sb.append(i).append(' ');
    return sb.toString();
  }

  public static void main(String[] args) {
    List<String> words = new ArrayList<>(List.of("zebra", "\u00c4rger", "Apfel", "apfel", "\u00e4rger", "Zoo", "a-b", "ab", "\u00f1", "n", "o", "cote", "c\u00f4te", "cot\u00e9"));
    for (Locale l : List.of(Locale.GERMAN, Locale.FRENCH, new Locale("es"), new Locale("sv"))) {
      words.sort(Collator.getInstance(l));
      System.out.println(l + " " + ascii(words.toString()));
    }
    Collator c = Collator.getInstance(Locale.US);
    for (int s : new int[] {Collator.PRIMARY, Collator.SECONDARY, Collator.TERTIARY, Collator.IDENTICAL}) {
      c.setStrength(s);
      System.out.print(c.compare("a", "A") + " " + c.compare("a", "\u00e1") + " " + c.equals("e\u0301", "\u00e9") + "; ");
    }
    c.setDecomposition(Collator.CANONICAL_DECOMPOSITION);
    System.out.println(c.compare("e\u0301", "\u00e9") + " " + c.getCollationKey("abc").compareTo(c.getCollationKey("abd")));
    String t = "Dr. Smith's e\u0301 cost $3.50. \"Really?\" Yes! 1,234 don't\tstop.";
    System.out.println(breaks(BreakIterator.getWordInstance(Locale.US), t));
    System.out.println(breaks(BreakIterator.getSentenceInstance(Locale.US), t));
    System.out.println(breaks(BreakIterator.getLineInstance(Locale.US), t));
    System.out.println(breaks(BreakIterator.getCharacterInstance(Locale.US), "e\u0301\ud83d\ude00x\r\n"));
    for (Normalizer.Form f : Normalizer.Form.values()) System.out.print(f + " " + ascii(Normalizer.normalize("\u00e9\ufb01\u1e9b\u0323\uac00\u2460", f)) + " ");
    System.out.println(Normalizer.isNormalized("e\u0301", Normalizer.Form.NFC));
    Bidi b = new Bidi("abc \u05d0\u05d1 123 x", Bidi.DIRECTION_LEFT_TO_RIGHT);
    StringBuilder runs = new StringBuilder();
    for (int i = 0; i < b.getRunCount(); i++) runs.append(b.getRunStart(i)).append('-').append(b.getRunLimit(i)).append(':').append(b.getRunLevel(i)).append(' ');
    System.out.println(runs + " " + b.isMixed());
    for (String s : List.of("stra\u00dfe", "\u0130I\u0131i", "\u03a3\u0391\u03a3", "\ud801\udc28", "\u01c6", "\ufb03")) {
      System.out.print(ascii(s.toUpperCase(Locale.ROOT) + "," + s.toLowerCase(Locale.ROOT) + "," + s.toUpperCase(new Locale("tr")) + "," + s.toLowerCase(new Locale("tr"))) + " ");
    }
    System.out.println("\u03a3".equalsIgnoreCase("\u03c2") + " " + (int) Character.toTitleCase('\u01c6') + " " + "TITLE".compareToIgnoreCase("titl\u0131"));
    System.out.println(" \u2003x\u2003 ".strip().length() + " " + " \u2003x\u2003 ".trim().length() + " " + "\t\n ".isBlank() + " " + "a\nb\r\nc\rd".lines().collect(Collectors.joining("|")) + " " + "ab".repeat(3) + " " + "%d-%s"
        .formatted(1, "x") + " " + "x".compareTo("xyz") + " " + "  a\n b\n".indent(2).replace("\n", "$") + " " + "  a\n   b".stripIndent().replace("\n", "$"));
  }
}
