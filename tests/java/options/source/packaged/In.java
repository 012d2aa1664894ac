package packaged;

/** Knows whether assertions are on in its package. */
public class In {
  public static boolean asserts() {
    boolean on = false;
    assert on = true;
    return on;
  }
}
