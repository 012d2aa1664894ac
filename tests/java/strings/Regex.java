// Regular expressions: groups, back references, look-around, flags, split, replacement, errors, scanning.
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

public class Regex {
  static void all(String regex, String in) {
    List<String> found = Pattern.compile(regex).matcher(in).results().map(MatchResult::group)
        .collect(Collectors.toList());
    System.out.println(regex + " " + found);
  }

  public static void main(String[] args) {
    all("\\d+", "a1b22c333");
    all("(\\w)\\1", "bookkeeper aabb");
    all("(?<=\\$)\\d+(?!\\d|\\.)", "$10 $20.5 30 $7");
    all("a*?b|a+", "aaab aaa b");
    all("[a-c&&[^b]]+", "abcacb");
    all("\\b\\p{Lu}\\p{L}*", "One two Three \u00c9t\u00e9".replaceAll("[^\\x00-\\x7f]", "e"));
    all("(?i)HELLO(?-i) World", "hello World HELLO world");
    all("(?m)^\\w+$", "one\ntwo words\nthree");
    all("(?s)a.b", "a\nb a-b");
    all("x{2,3}+", "x xx xxxxx");
    all("(?>a+)b", "aaab aab");
    all("\\Q[x]\\E", "[x] x");
    Matcher m = Pattern.compile("(?<key>\\w+)=(?<value>[^;]*);?").matcher("a=1;bb=two;c=");
    while (m.find()) System.out.print(m.group("key") + "->" + m.group("value") + "@" + m.start(1) + "-" + m.end(2)
        + " ");
    System.out.println(m.groupCount());
    System.out.println("2024-02-29".replaceAll("(\\d+)-(\\d+)-(\\d+)", "$3/$2/$1") + " "
        + "a.b.c".replaceFirst("\\.", Matcher.quoteReplacement("$")) + " " + "x1y2".replaceAll("[0-9]", "<$0>"));
    System.out.println(Pattern.compile("\\w+").matcher("cat dog").replaceAll(r -> new StringBuilder(r.group()).reverse()
        .toString()));
    StringBuilder sb = new StringBuilder();
    m = Pattern.compile("(\\d)(\\d)").matcher("a12b34c5");
    while (m.find()) m.appendReplacement(sb, "$2$1");
    System.out.println(m.appendTail(sb) + " " + m.reset("77").matches() + " " + m.hitEnd());
    System.out.println(Arrays.toString("a,b,,c,,".split(",")) + Arrays.toString("a,b,,c,,".split(",", -1))
        + Arrays.toString("a,b,c".split(",", 2)) + Arrays.toString("".split(",")) + Arrays.toString("abc".split(""))
        + Arrays.toString(" a  b ".split(" +")) + Arrays.toString("a1b2".split("(?<=\\d)"))
        + Arrays.toString("x|y".split("\\|")));
    System.out.println("aaaaaaaaaaaaaaaaaaaa".matches("(a|aa)*a") + " " + "foobar".matches("foo") + " "
        + Pattern.matches("[\\w.]+@[\\w.]+", "me@example.org") + " " + Pattern.compile("o+").matcher("foo")
            .lookingAt());
    m = Pattern.compile("b").matcher("abcabc");
    m.region(2, 6);
    System.out.println(m.find() + " " + m.start() + " " + m.toMatchResult().start() + " " + m.find());
    for (String bad : new String[] {"(", "a{2", "[z-a]", "*", "\\", "(?<1>x)", "\\k<none>", "a{3,1}"}) {
      try {
        Pattern.compile(bad);
        System.out.println(bad + " compiled");
      } catch (PatternSyntaxException e) {
        System.out.println(bad + " " + e.getDescription() + " " + e.getIndex());
      }
    }
    try {
      "x".replaceAll("x", "$2");
    } catch (IndexOutOfBoundsException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(Pattern.compile(",").splitAsStream("p,q,r").collect(Collectors.joining("+")) + " "
        + Pattern.compile("^a").asPredicate().test("abc") + " " + Pattern.compile("x",
            Pattern.CASE_INSENSITIVE | Pattern.COMMENTS).flags()
        + " " + Pattern.quote("a\\Eb"));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 400; i++) text.append("item").append(i).append(i % 3 == 0 ? ";" : ", ");
    System.out.println(Pattern.compile("item(\\d*[05])[;,]").matcher(text).results()
        .mapToInt(r -> Integer.parseInt(r.group(1))).sum());
  }
}
