// Text statistics with collections, streams and character classes.
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

public class TextStats {
  static final String TEXT = """
      It is a truth told in many towns, that a machine which counts words
      must count them twice: once by hand, and once by the machine. The hand is slow,
      the machine is quick; the hand forgets, the machine does not. But who, in the
      towns, would trust a count that no hand had made? 42 hands were asked; 17 agreed.
      """;

  static boolean palindrome(String s) {
    String t = s.chars().filter(Character::isLetter).map(Character::toLowerCase)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    return new StringBuilder(t).reverse().toString().equals(t);
  }

  static String caesar(String s, int by) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) {
      if (c >= 'a' && c <= 'z') sb.append((char) ('a' + (c - 'a' + by + 26) % 26));
      else if (c >= 'A' && c <= 'Z') sb.append((char) ('A' + (c - 'A' + by + 26) % 26));
      else sb.append(c);
    }
    return sb.toString();
  }

  static String wrap(String s, int width) {
    StringBuilder out = new StringBuilder();
    int col = 0;
    for (String w : s.split("\\s+")) {
      if (col + w.length() + (col > 0 ? 1 : 0) > width) {
        out.append('\n');
        col = 0;
      }
      if (col > 0) {
        out.append(' ');
        col++;
      }
      out.append(w);
      col += w.length();
    }
    return out.toString();
  }

  public static void main(String[] args) {
    int letters = 0, digits = 0, spaces = 0, upper = 0, other = 0;
    for (int i = 0; i < TEXT.length(); i++) {
      char c = TEXT.charAt(i);
      if (Character.isUpperCase(c)) upper++;
      if (Character.isLetter(c)) letters++;
      else if (Character.isDigit(c)) digits++;
      else if (Character.isWhitespace(c)) spaces++;
      else other++;
    }
    System.out.println(letters + " " + digits + " " + spaces + " " + upper + " " + other);
    Map<String, Integer> counts = new HashMap<>();
    for (String w : TEXT.toLowerCase().split("[^a-z0-9]+")) counts.merge(w, 1, Integer::sum);
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
        .limit(8).forEach(e -> System.out.printf("%-10s %3d %s%n", e.getKey(), e.getValue(), "*".repeat(e.getValue())));
    Map<Integer, List<String>> byLength = new TreeMap<>(Comparator.reverseOrder());
    for (String w : counts.keySet()) byLength.computeIfAbsent(w.length(), k -> new ArrayList<>()).add(w);
    byLength.values().forEach(l -> l.sort(null));
    System.out.println(byLength);
    System.out.println(TEXT.lines().map(String::strip).map(String::length).collect(Collectors.toList()));
    System.out.println(palindrome("A man, a plan, a canal: Panama!") + " " + palindrome("not one"));
    String coded = caesar(TEXT, 13);
    System.out.println(coded.lines().findFirst().get() + " " + caesar(coded, -13).equals(TEXT));
    System.out.println(wrap(TEXT, 34));
    Map<Character, Long> vowels = TEXT.chars().filter(c -> "aeiou".indexOf(c) >= 0).mapToObj(c -> (char) c)
        .collect(Collectors.groupingBy(c -> c, TreeMap::new, Collectors.counting()));
    System.out.println(vowels);
  }
}
