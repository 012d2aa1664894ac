// javac: -XDstringConcat=inline
// The VM starts, runs an empty main and ends.
public class A0Nothing {
  public static void main(String[] args) {}
}
