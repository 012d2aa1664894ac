// Switch on strings: hash collisions, fall through, default in the middle, null.
public class StringSwitch {
  static String kind(String s) {
    switch (s) {
      case "Aa":
        return "first of a collision";
      case "BB":
        return "second of a collision";
      case "AaAa":
      case "BBBB":
      case "AaBB":
        return "three hash " + s.hashCode();
      default:
        return "none";
      case "":
        return "empty";
      case "\u00e9t\u00e9":
        return "accent";
    }
  }

  static int fall(String s) {
    int r = 0;
    switch (s) {
      case "a": r += 1;
      case "b": r += 10;
      case "c": r += 100; break;
      default: r += 1000;
      case "d": r += 10000;
    }
    return r;
  }

  public static void main(String[] args) {
    String[] in = {"Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", "C#", "", "\u00e9t\u00e9", "ete"};
    for (String s : in) System.out.println(s.length() + " " + kind(s));
    for (String s : "a b c d e".split(" ")) System.out.println(s + " " + fall(s));
    System.out.println(kind(new String("Aa")) + ", " + kind(new StringBuilder("B").append('B').toString()));
    try {
      kind(null);
    } catch (NullPointerException e) {
      System.out.println("null refused");
    }
  }
}
