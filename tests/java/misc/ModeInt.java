// vmopts: -Xint
public class ModeInt {
  public static void main(String[] args) {
    System.out.println(System.getProperty("java.vm.info").split(",")[0]);
    long sum = 0;
    for (int i = 0; i < 100_000; i++) {
      sum += Integer.toString(i).hashCode();
    }
    System.out.println(sum);
  }
}
