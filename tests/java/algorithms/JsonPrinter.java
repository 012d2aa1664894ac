// A JSON reader and printer: maps, lists, escapes, numbers, errors, round trips.
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

public class JsonPrinter {
  private final String in;
  private int pos;

  JsonPrinter(String in) {
    this.in = in;
  }

  static Object parse(String s) {
    JsonPrinter p = new JsonPrinter(s);
    Object v = p.value();
    p.skip();
    if (p.pos != s.length()) throw new IllegalStateException("trailing text at " + p.pos);
    return v;
  }

  void skip() {
    while (pos < in.length() && Character.isWhitespace(in.charAt(pos))) pos++;
  }

  char next() {
    if (pos >= in.length()) throw new IllegalStateException("unexpected end");
    return in.charAt(pos++);
  }

  void expect(String word) {
    if (!in.startsWith(word, pos)) throw new IllegalStateException(word + " expected at " + pos);
    pos += word.length();
  }

  Object value() {
    skip();
    if (pos == in.length()) throw new IllegalStateException("unexpected end");
    switch (in.charAt(pos)) {
      case '{': return object();
      case '[': return array();
      case '"': return string();
      case 't': expect("true"); return true;
      case 'f': expect("false"); return false;
      case 'n': expect("null"); return null;
      default: return number();
    }
  }

  Map<String, Object> object() {
    Map<String, Object> m = new LinkedHashMap<>();
    pos++;
    skip();
    if (in.charAt(pos) == '}') { pos++; return m; }
    while (true) {
      skip();
      String k = string();
      skip();
      expect(":");
      m.put(k, value());
      skip();
      char c = next();
      if (c == '}') return m;
      if (c != ',') throw new IllegalStateException("bad '" + c + "' at " + (pos - 1));
    }
  }

  List<Object> array() {
    List<Object> l = new ArrayList<>();
    pos++;
    skip();
    if (pos < in.length() && in.charAt(pos) == ']') { pos++; return l; }
    while (true) {
      l.add(value());
      skip();
      char c = next();
      if (c == ']') return l;
      if (c != ',') throw new IllegalStateException("bad '" + c + "' at " + (pos - 1));
    }
  }

  String string() {
    expect("\"");
    StringBuilder sb = new StringBuilder();
    for (char c; (c = next()) != '"'; ) {
      if (c == '\\') {
        c = next();
        int k = "nrtbf".indexOf(c);
        if (k >= 0) c = "\n\r\t\b\f".charAt(k);
        else if (c == 'u') c = (char) Integer.parseInt(in.substring(pos, pos += 4), 16);
      }
      sb.append(c);
    }
    return sb.toString();
  }

  Object number() {
    int from = pos;
    while (pos < in.length() && "+-0123456789.eE".indexOf(in.charAt(pos)) >= 0) pos++;
    String n = in.substring(from, pos);
    if (n.isEmpty()) throw new IllegalStateException("value expected at " + pos);
    if (n.matches("-?\\d+")) return Long.valueOf(n);
    return Double.valueOf(n);
  }

  static String print(Object o) {
    if (o instanceof Map<?, ?> m) {
      StringBuilder sb = new StringBuilder("{");
      m.forEach((k, v) -> sb.append(sb.length() > 1 ? "," : "").append(print(k)).append(':').append(print(v)));
      return sb.append('}').toString();
    }
    if (o instanceof List<?> l) {
      StringBuilder sb = new StringBuilder("[");
      for (Object v : l) sb.append(sb.length() > 1 ? "," : "").append(print(v));
      return sb.append(']').toString();
    }
    if (!(o instanceof String s)) return String.valueOf(o);
    StringBuilder sb = new StringBuilder("\"");
    for (char c : s.toCharArray()) {
      if (c == '"' || c == '\\') sb.append('\\').append(c);
      else if (c < ' ' || c > '~') sb.append(String.format("\\u%04x", (int) c));
      else sb.append(c);
    }
    return sb.append('"').toString();
  }

  public static void main(String[] args) {
    String[] texts = {"{\"a\": [1, 2.5, -3e2, true, null], \"b\": {\"c\": \"x\\n\\u00e9\\\"\"}}", "[]", "{}",
        " [ [ ] , { \"k\" : [ { } ] } ] ", "12345678901234", "\"\\\\ \\/\"", "[1 2]", "{\"a\" 1}", "[1,",
        "tru", "[1]x", "{\"dup\":1,\"dup\":2}", "-", "?"};
    for (String t : texts) {
      try {
        String once = print(parse(t));
        System.out.println(once + (once.equals(print(parse(once))) ? " stable" : " UNSTABLE"));
      } catch (IllegalStateException | NumberFormatException e) {
        System.out.println("error: " + e.getMessage());
      }
    }
    StringBuilder deep = new StringBuilder();
    for (int i = 0; i < 300; i++) deep.append("[{\"d\":");
    deep.append("1");
    for (int i = 0; i < 300; i++) deep.append("}]");
    System.out.println(print(parse(deep.toString())).length());
  }
}
