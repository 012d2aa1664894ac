// BigInteger: operations of every size class (schoolbook, Karatsuba, Toom-Cook, Burnikel-Ziegler), bits, primes, roots, strings, byte arrays, errors; identities checked.
import java.math.*;
import java.util.*;

public class BigInts {
  static void fails(String what, Runnable r) {
    try {
      r.run();
      System.out.println(what + " passed");
    } catch (ArithmeticException | NumberFormatException e) {
      System.out.println(what + ": " + e.getMessage());
    }
  }

  public static void main(String[] args) {
    Random rnd = new Random(12);
    for (int bits : new int[] {10, 64, 200, 3000, 9000, 20000}) {
      BigInteger a = new BigInteger(bits, rnd), b = new BigInteger(bits / 2 + 5, rnd).add(BigInteger.ONE), c = new BigInteger(bits, rnd).negate();
      BigInteger[] qr = c.divideAndRemainder(b);
      System.out.println(bits + " " + qr[0].multiply(b).add(qr[1]).equals(c) + " " + a.add(c).multiply(a.subtract(c)).equals(a.pow(2).subtract(c.pow(2))) + " " + a.multiply(b).gcd(b).equals(b) + " " + new BigInteger(a.toString())
          .equals(a) + " " + new BigInteger(a.toString(36), 36).equals(a) + " " + new BigInteger(c.toByteArray()).equals(c) + " " + a.sqrt().pow(2).compareTo(a) + " " + a.multiply(a).sqrt().equals(a) + " " + a.shiftLeft(77)
              .shiftRight(77).equals(a) + " " + a.xor(c).xor(c).equals(a) + " " + a.hashCode() + " " + a.multiply(c).hashCode());
    }
    BigInteger x = new BigInteger("-123456789012345678901234567890"), y = BigInteger.valueOf(987654321);
    System.out.println(x.divide(y) + " " + x.remainder(y) + " " + x.mod(y) + " " + x.abs().modPow(y, BigInteger.valueOf(1_000_007)) + " " + y.modInverse(BigInteger.valueOf(1_000_003)) + " " + x.gcd(y) + " " + x.signum() + " " + x
        .bitLength() + " " + x.bitCount() + " " + x.getLowestSetBit() + " " + x.testBit(3) + " " + x.setBit(200).signum() + " " + x.not() + " " + x.and(y) + " " + x.or(y) + " " + x.andNot(y) + " " + x.shiftRight(5) + " " + x
            .toString(16));
    System.out.println(x.intValue() + " " + x.longValue() + " " + x.doubleValue() + " " + x.floatValue() + " " + BigInteger.TWO.pow(1024).doubleValue() + " " + BigInteger.ONE.shiftLeft(63).negate().longValueExact());
    fails("exact", () -> x.longValueExact());
    fails("zero", () -> x.divide(BigInteger.ZERO));
    fails("mod", () -> x.mod(BigInteger.TEN.negate()));
    fails("inverse", () -> BigInteger.TWO.modInverse(BigInteger.TEN));
    fails("pow", () -> x.pow(-1));
    fails("sqrt", () -> x.sqrt());
    fails("parse", () -> new BigInteger("12x"));
    fails("empty", () -> new BigInteger(""));
    fails("sign", () -> new BigInteger("--1"));
    fails("magnitude", () -> new BigInteger(0, new byte[] {1}));
    fails("huge", () -> BigInteger.ONE.shiftLeft(Integer.MAX_VALUE).shiftLeft(1));
    BigInteger f = BigInteger.ONE;
    for (int i = 2; i <= 300; i++) f = f.multiply(BigInteger.valueOf(i));
    String s = f.toString();
    System.out.println(s.length() + " " + s.substring(0, 30) + " " + s.chars().map(c -> c - '0').sum() + " " + BigInteger.valueOf(2).pow(521).subtract(BigInteger.ONE).isProbablePrime(5) + " " + new BigInteger("1000000016000000063")
        .isProbablePrime(20) + " " + BigInteger.valueOf(1_000_000).nextProbablePrime() + " " + BigInteger.probablePrime(64, new Random(1)));
    BigInteger a = BigInteger.ZERO, b = BigInteger.ONE;
    for (int i = 0; i < 1000; i++) {
      BigInteger t = a.add(b);
      a = b;
      b = t;
    }
    System.out.println(a.mod(BigInteger.TEN.pow(20)) + " " + a.bitLength() + " " + a.compareTo(b) + " " + a.min(b).equals(a));
    System.out.println(BigInteger.valueOf(5) == BigInteger.valueOf(5) ? "cached" : "new");
  }
}
