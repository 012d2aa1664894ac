// Regular expressions in depth: look around, possessive, back references, named groups, flags, Unicode classes, regions, transparent bounds, replacement with functions, splitting, catastrophic
// yet bounded, errors with positions.
import java.util.*;
import java.util.regex.*;
import java.util.stream.*;

public class Regexes {
  static void find(String re, String s) {
    try {
      Matcher m = Pattern.compile(re).matcher(s);
      StringBuilder sb = new StringBuilder();
      while (m.find()) {
        sb.append('[').append(m.start()).append(',').append(m.end());
        for (int i = 1; i <= m.groupCount(); i++) sb.append(' ').append(m.group(i));
        sb.append(']');
      }
      System.out.println(re.replace("\n", "\\n") + " -> " + sb);
    } catch (PatternSyntaxException e) {
      System.out.println(e.getMessage().replace("\n", "|") + " " + e.getIndex());
    }
  }

  public static void main(String[] args) {
    for (String[] p : new String[][] {{"(a+)(b*)", "aab ab b a"}, {"(?<year>\\d{4})-(?<m>\\d\\d)", "2020-01 1999-12"}, {"(\\w)\\1", "hello book"}, {"(?<q>['\"]).*?\\k<q>", "'a' \"b'c\""}, {"a(?=b)",
        "ab ac"}, {"a(?!b)", "ab ac"}, {"(?<=\\$)\\d+", "$10 20 $30"}, {"(?<!x)y", "xy y"}, {"(?i)StrASSe", "strasse STRASSE"}, {"(?s)a.b", "a\nb"}, {"(?m)^\\w+$", "one\ntwo three\nfour"}, {"(?x) a b # c\n c",
            "abc"}, {"a*+a", "aaa"}, {"a*?b", "aab"}, {"(?>a|ab)c", "abc"}, {"[a-z&&[^aeiou]]+", "education"}, {"[^\\d\\s]+", "ab1 c"}, {"\\p{Lu}\\p{L}*", "Hello \u00c4ra w"}, {"\\p{IsGreek}+", "abc\u03b1\u03b2"},
        {"\\p{javaDigit}+", "12\u0661"}, {"\\bfoo\\b", "foo foobar foo"}, {"\\Q.*\\E", "a.*b"}, {"x{2,3}?", "xxxx"}, {"(a|b|)*c", "abac"}, {"(?:(a)|b)*", "ab"}, {"^(?:(\\d+)|(\\w+))$", "123"}, {"\\R", "a\r\nb\nc"},
        {"\\X", "e\u0301x"}, {"\\h+|\\v+", "a \t\nb"}, {"\\G\\d", "12a3"}, {"(a)?(b)?(c)", "c bc"}, {"\\x41\\u0042\\103\\cA?", "ABC"}, {"[\\w&&[^_]]+", "a_b"}, {"(?i:A)b", "aB ab"}, {"$", "a\n"}, {"\\z", "a\n"}, {
            "", "ab"}, {"(", "x"}, {"a**", "x"}, {"[z-a]", "x"}, {"\\", "x"}, {"(?<n>a)(?<n>b)", "x"}, {"\\p{Nope}", "x"}, {"a{3,1}", "x"}, {"(?<=a*)b", "x"}, {"\\2(a)", "x"}, {"[a", "x"}, {"(?z)", "x"}, {"*a",
                "x"}}) find(p[0], p[1]);
    Matcher m = Pattern.compile("(\\d+)(?<u>[a-z]+)?").matcher("10kg and 20 and 30m");
    System.out.println(m.replaceAll(r -> r.group(2) == null ? "none" : "<" + r.group(2).toUpperCase() + "$1>".replace("$", "\\$")) + " " + m.replaceAll("${u}=$1") + " " + m.replaceFirst(Matcher.quoteReplacement(
        "$1\\")) + " " + m.results().map(MatchResult::group).collect(Collectors.toList()));
    StringBuilder sb = new StringBuilder();
    m.reset();
    while (m.find()) m.appendReplacement(sb, "#");
    System.out.println(m.appendTail(sb) + " " + m.hitEnd() + " " + m.requireEnd());
    m = Pattern.compile("^b+(?=c)").matcher("abbbc").region(1, 4);
    System.out.print(m.find() + " ");
    System.out.print(m.reset().region(1, 4).useTransparentBounds(true).find() + " ");
    System.out.println(m.reset().region(1, 4).useAnchoringBounds(false).find() + " " + m.lookingAt() + " " + m.regionStart());
    System.out.println(Arrays.toString("a,b,,c,,".split(",")) + Arrays.toString("a,b,,c,,".split(",", -1)) + Arrays.toString("a,b,c".split(",", 2)) + Arrays.toString("abc".split("")) + Arrays.toString("a1b22c".split(
        "\\d+")) + Arrays.toString(",a".split(",")) + Arrays.toString("".split(",")) + Pattern.compile("\\s*;\\s*").splitAsStream("x ; y;z").collect(Collectors.toList()));
    System.out.println(Pattern.matches("(a|aa)+", "a".repeat(25)) + " " + Pattern.matches("(x+x+)+y", "x".repeat(16)) + " " + Pattern.compile("b").asPredicate().test("abc") + " " + Pattern.compile("b")
        .asMatchPredicate().test("abc") + " " + Pattern.compile("A", Pattern.CASE_INSENSITIVE | Pattern.LITERAL).matcher("xa").find() + " " + Pattern.compile("\u00c4", Pattern.CASE_INSENSITIVE
            | Pattern.UNICODE_CASE).matcher("\u00e4").matches() + " " + Pattern.compile("e\u0301", Pattern.CANON_EQ).matcher("\u00e9").matches() + " " + Pattern.compile("\\w", Pattern.UNICODE_CHARACTER_CLASS)
                .matcher("\u00e9").matches());
    try {
      m.group(7);
    } catch (IllegalStateException | IndexOutOfBoundsException e) {
      System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
    }
    try {
      "x".replaceAll("x", "$2");
    } catch (IndexOutOfBoundsException e) {
      System.out.println(e.getMessage());
    }
  }
}
