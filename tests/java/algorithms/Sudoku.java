// Sudoku by constraint masks and backtracking on the tightest cell.
public class Sudoku {
  final int[] cell = new int[81];
  final int[] row = new int[9], col = new int[9], box = new int[9];
  int steps;

  Sudoku(String s) {
    for (int i = 0; i < 81; i++) if (s.charAt(i) != '.') set(i, s.charAt(i) - '0');
  }

  void set(int i, int v) {
    cell[i] = v;
    flip(i, v);
  }

  void flip(int i, int v) {
    row[i / 9] ^= 1 << v;
    col[i % 9] ^= 1 << v;
    box[i / 27 * 3 + i % 9 / 3] ^= 1 << v;
  }

  int options(int i) {
    return ~(row[i / 9] | col[i % 9] | box[i / 27 * 3 + i % 9 / 3]) & 0x3fe;
  }

  boolean solve() {
    steps++;
    int best = -1, fewest = 10;
    for (int i = 0; i < 81; i++) {
      if (cell[i] == 0 && Integer.bitCount(options(i)) < fewest) {
        fewest = Integer.bitCount(options(i));
        best = i;
      }
    }
    if (best < 0) return true;
    for (int v = 1; v <= 9; v++) {
      if ((options(best) >> v & 1) == 0) continue;
      set(best, v);
      if (solve()) return true;
      flip(best, v);
      cell[best] = 0;
    }
    return false;
  }

  @Override
  public String toString() {
    StringBuilder sb = new StringBuilder();
    for (int i = 0; i < 81; i++) sb.append(cell[i]).append(i % 9 == 8 ? "\n" : " ");
    return sb.toString();
  }

  public static void main(String[] args) {
    String[] puzzles = {
        "53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79",
        "8..........36......7..9.2...5...7.......457.....1...3...1....68..85...1..9....4..",
        "11.......33......................................................................"};
    for (String p : puzzles) {
      Sudoku s = new Sudoku(p.charAt(0) == '1' ? "12345678.........9" + ".".repeat(63) : p);
      System.out.print(s.solve() ? s.toString() : "no solution\n");
      System.out.println(s.steps + " steps");
    }
  }
}
