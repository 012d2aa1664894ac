// BigInteger, BigDecimal, Random and its kin, MessageDigest, Base64, UUID, HexFormat, Optional,
// text formatting.
import java.math.*;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.*;
import java.util.*;
import java.util.stream.*;

public class Numbers {
  static String attempt(java.util.concurrent.Callable<?> c) {
    try {
      return String.valueOf(c.call());
    } catch (Exception e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  public static void main(String[] args) throws Exception {
    BigInteger a = new BigInteger("123456789012345678901234567890"), b = BigInteger.TWO.pow(127)
        .subtract(BigInteger.ONE);
    System.out.println(a.multiply(b) + " " + b.divide(a) + " " + Arrays.toString(b.divideAndRemainder(a)) + " "
        + a.gcd(b.add(BigInteger.TEN)) + " "
        + a.modPow(BigInteger.valueOf(65537), b) + " " + a.modInverse(b) + " " + b.isProbablePrime(20) + " "
        + a.negate().shiftRight(70) + " " + a.sqrt());
    System.out.println(a.toString(16) + " " + a.bitLength() + " " + a.bitCount() + " " + a.not().and(b).xor(a) + " "
        + Arrays.toString(a.toByteArray()) + " "
        + a.longValue() + " " + a.doubleValue() + " " + attempt(a::intValueExact) + " "
        + attempt(() -> a.divide(BigInteger.ZERO)) + " " + b.hashCode());
    BigInteger big = BigInteger.ONE;
    for (int i = 1; i < 200; i++) big = big.multiply(BigInteger.valueOf(i * 7L + 3));
    System.out.println(big.pow(5).mod(b) + " " + big.toString().length() + " " + new BigInteger(big.toString(36), 36)
        .equals(big));
    BigDecimal x = new BigDecimal("10.25"), y = new BigDecimal("3");
    System.out.println(x.divide(y, MathContext.DECIMAL64) + " " + x.divide(y, 5, RoundingMode.HALF_EVEN) + " "
        + attempt(() -> x.divide(y)) + " " + x.setScale(1, RoundingMode.HALF_UP)
        + " " + x.negate().setScale(0, RoundingMode.FLOOR) + " " + x.pow(20, MathContext.DECIMAL32) + " "
        + new BigDecimal("1E+5").toPlainString() + " " + new BigDecimal(0.1) + " "
        + new BigDecimal("1.10").equals(new BigDecimal("1.1")) + " " + new BigDecimal("1.10")
            .compareTo(new BigDecimal("1.1")) + " " + new BigDecimal("100").stripTrailingZeros()
        + " " + new BigDecimal("2").sqrt(new MathContext(30)) + " " + x.remainder(y) + " " + x.movePointLeft(4)
            .toEngineeringString() + " " + x.unscaledValue() + x.scale());
    Random r = new Random(12345);
    System.out.println(r.nextInt() + " " + r.nextInt(100) + " " + r.nextLong() + " " + r.nextDouble() + " "
        + r.nextFloat() + " " + r.nextGaussian() + " " + r.nextBoolean() + " "
        + r.ints(5, 0, 10).boxed().collect(Collectors.toList()) + " " + new SplittableRandom(7).nextInt(1000) + " "
        + java.util.random.RandomGenerator.of("Xoshiro256PlusPlus").nextInt(5, 6) + " " + (Math.random() < 1));
    for (String alg : "MD5 SHA-1 SHA-256 SHA-512 SHA3-256".split(" ")) {
      MessageDigest d = MessageDigest.getInstance(alg);
      for (int i = 0; i < 30; i++) d.update("block of text ".getBytes());
      System.out.println(alg + " " + HexFormat.of().formatHex(d.digest()));
    }
    var mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(new javax.crypto.spec.SecretKeySpec("key".getBytes(), "HmacSHA256"));
    var aes = javax.crypto.Cipher.getInstance("AES/CBC/PKCS5Padding");
    aes.init(1, new javax.crypto.spec.SecretKeySpec(new byte[16], "AES"),
        new javax.crypto.spec.IvParameterSpec(new byte[16]));
    System.out.println(HexFormat.of().formatHex(mac.doFinal("m".getBytes())) + " " + HexFormat.of()
        .formatHex(aes.doFinal("plain text".getBytes())));
    byte[] bin = new byte[50];
    for (int i = 0; i < bin.length; i++) bin[i] = (byte) (i * 37);
    String b64 = Base64.getEncoder().encodeToString(bin);
    System.out.println(b64 + " " + Base64.getUrlEncoder().withoutPadding().encodeToString(bin) + " "
        + Arrays.equals(bin, Base64.getDecoder().decode(b64)) + " "
        + attempt(() -> Base64.getDecoder().decode("a*b")) + " " + Base64.getMimeEncoder(20, new byte[] {'|'})
            .encodeToString(bin));
    System.out.println(UUID.nameUUIDFromBytes("name".getBytes()) + " " + new UUID(1, 2) + " "
        + UUID.fromString("00000000-0000-0001-0000-000000000002").version() + " "
        + HexFormat.ofDelimiter(":").withUpperCase().formatHex(bin, 0, 4) + " " + UUID.randomUUID().version());
    Locale.setDefault(Locale.US);
    System.out.println(new DecimalFormat("#,##0.00;(#)").format(-1234567.891) + " "
        + NumberFormat.getPercentInstance(Locale.US).format(0.256) + " "
        + NumberFormat.getCurrencyInstance(Locale.US).format(1234.5) + " " + new DecimalFormat("0.###E0").format(123456)
        + " " + NumberFormat.getInstance(Locale.GERMANY).format(1234.56) + " "
        + MessageFormat.format("{1} is {0,number,#.#} and {2}", 3.14159, "pi", "it's") + " "
        + new ChoiceFormat("0#none|1#one|1<many").format(7) + " "
        + NumberFormat.getCompactNumberInstance(Locale.US, NumberFormat.Style.SHORT).format(12345) + " "
        + new DecimalFormat("00.0#").parse("12.5x"));
    System.out.println(Locale.forLanguageTag("de-CH") + " " + new Locale("pt", "BR").getDisplayCountry(Locale.ENGLISH)
        + " " + Locale.FRANCE.getISO3Country() + " "
        + Collator.getInstance(Locale.US).compare("a", "B") + " " + Currency.getInstance("EUR")
            .getDefaultFractionDigits() + " " + attempt(() -> NumberFormat.getInstance().parse("x")));
    BreakIterator words = BreakIterator.getWordInstance(Locale.US);
    words.setText("Two words, here.");
    System.out.println(IntStream.iterate(words.first(), i -> i != BreakIterator.DONE, i -> words.next()).boxed()
        .collect(Collectors.toList()));
    System.out.println(OptionalInt.of(3) + " " + Optional.empty().isEmpty() + " " + Optional.of("v").stream().count()
        + " " + attempt(() -> OptionalDouble.empty().getAsDouble()) + " "
        + Objects.hash(1, "two", 3.0) + " " + Objects.toString(null, "d") + " "
        + attempt(() -> Objects.checkIndex(5, 3)) + " " + Objects.requireNonNullElse(null, "else"));
  }
}
