// Mandelbrot and Julia sets in ASCII: double and float loops.
public class Mandelbrot {
  static int mandel(double cr, double ci, int max) {
    double zr = 0, zi = 0;
    int n = 0;
    while (n < max && zr * zr + zi * zi < 4) {
      double t = zr * zr - zi * zi + cr;
      zi = 2 * zr * zi + ci;
      zr = t;
      n++;
    }
    return n;
  }

  static int julia(float zr, float zi, int max) {
    int n = 0;
    for (; n < max && zr * zr + zi * zi < 4f; n++) {
      float t = zr * zr - zi * zi - 0.8f;
      zi = 2f * zr * zi + 0.156f;
      zr = t;
    }
    return n;
  }

  public static void main(String[] args) {
    String shades = " .:-=+*#%@";
    long total = 0;
    for (int y = -10; y <= 10; y++) {
      StringBuilder sb = new StringBuilder();
      for (int x = -40; x <= 20; x++) {
        int n = mandel(x / 20.0, y / 10.0, 100);
        total += n;
        sb.append(n == 100 ? '@' : shades.charAt(n % 9));
      }
      System.out.println(sb);
    }
    for (int y = -8; y <= 8; y++) {
      StringBuilder sb = new StringBuilder();
      for (int x = -30; x <= 30; x++) {
        int n = julia(x / 20f, y / 8f, 60);
        total += n;
        sb.append(shades.charAt(n * 9 / 60));
      }
      System.out.println(sb);
    }
    System.out.println(total);
  }
}
