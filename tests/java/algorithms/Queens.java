// N-queens by bit masks and by arrays: deep recursion, int operations.
public class Queens {
  static int bits(int all, int cols, int left, int right) {
    if (cols == all) return 1;
    int count = 0;
    for (int free = all & ~(cols | left | right); free != 0; free &= free - 1) {
      int bit = free & -free;
      count += bits(all, cols | bit, (left | bit) << 1, (right | bit) >> 1);
    }
    return count;
  }

  static boolean place(int[] at, int row) {
    if (row == at.length) return true;
    next:
    for (int col = 0; col < at.length; col++) {
      for (int r = 0; r < row; r++) {
        if (at[r] == col || Math.abs(at[r] - col) == row - r) continue next;
      }
      at[row] = col;
      if (place(at, row + 1)) return true;
    }
    return false;
  }

  public static void main(String[] args) {
    for (int n = 1; n <= 9; n++) System.out.println(n + ": " + bits((1 << n) - 1, 0, 0, 0));
    int[] board = new int[8];
    System.out.println(place(board, 0));
    for (int col : board) System.out.println(".".repeat(col) + "Q" + ".".repeat(7 - col));
  }
}
