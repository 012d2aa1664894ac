// tableswitch and lookupswitch: dense, sparse, negative, extreme keys, wide ranges, char and byte keys.
public class BigSwitch {
  static int dense(int n) {
    switch (n) {
      case -3: return 30; case -2: return 20; case -1: return 10; case 0: return 0;
      case 1: return 1; case 2: return 2; case 3: return 3; case 4: return 4; case 5: return 5;
      case 7: return 7; case 8: return 8; case 9: return 9; case 10: return 10; case 12: return 12;
      default: return -1;
    }
  }

  static int sparse(int n) {
    switch (n) {
      case Integer.MIN_VALUE: return 1;
      case -1_000_000: return 2;
      case -1: return 3;
      case 0: return 4;
      case 77: return 5;
      case 65_536: return 6;
      case 1_000_000_007: return 7;
      case Integer.MAX_VALUE: return 8;
      default: return 0;
    }
  }

  static int atTop(int n) {
    switch (n) {
      case Integer.MAX_VALUE - 2: return 1;
      case Integer.MAX_VALUE - 1: return 2;
      case Integer.MAX_VALUE: return 3;
    }
    switch (n) {
      case Integer.MIN_VALUE: return 4;
      case Integer.MIN_VALUE + 1: return 5;
      case Integer.MIN_VALUE + 2: return 6;
    }
    return 0;
  }

  static char digit(char c) {
    switch (c) {
      case '0': case '1': case '2': case '3': case '4': return 'L';
      case '5': case '6': case '7': case '8': case '9': return 'H';
      case '\uffff': return 'M';
      default: return '?';
    }
  }

  static int bytes(byte b) {
    switch (b) {
      case -128: return 1;
      case 127: return 2;
      case 0: return 3;
    }
    return 4;
  }

  static int boxed(Integer i) {
    switch (i) {
      case 1000: return 1;
      case 2000: return 2;
      default: return 3;
    }
  }

  static int onlyDefault(int n) {
    switch (n) {
      default: return n * 2;
    }
  }

  static int loop() {
    int state = 0, steps = 0, acc = 0;
    while (state != 99 && steps++ < 1000) {
      switch (state) {
        case 0: acc += 1; state = 3; break;
        case 1: acc += 10; state = acc > 500 ? 99 : 0; break;
        case 2: acc *= 2; state = 1; break;
        case 3: state = acc % 3; if (state == 0) state = 2; break;
      }
    }
    return acc * 1000 + steps;
  }

  public static void main(String[] args) {
    for (int n = -5; n <= 14; n++) System.out.print(dense(n) + " ");
    System.out.println();
    int[] keys = {Integer.MIN_VALUE, Integer.MIN_VALUE + 1, -1_000_000, -1, 0, 1, 77, 78, 65_536,
        1_000_000_007, Integer.MAX_VALUE - 1, Integer.MAX_VALUE};
    for (int k : keys) System.out.print(sparse(k) + " ");
    System.out.println();
    for (int k : keys) System.out.print(atTop(k) + " " + atTop(k - 2) + " ");
    System.out.println();
    for (char c : "/0459:\uffff".toCharArray()) System.out.print(digit(c));
    System.out.println();
    for (int b = -129; b <= 128; b++) if (bytes((byte) b) != 4) System.out.print(b + " ");
    System.out.println();
    System.out.println(boxed(1000) + " " + boxed(2000) + " " + boxed(0) + " " + onlyDefault(21) + " " + loop());
  }
}
