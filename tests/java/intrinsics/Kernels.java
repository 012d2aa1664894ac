// The library's methods that have C bodies here, on random inputs of many lengths: digests, AES, GCM, BigInteger.
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

public class Kernels {
  static final Random random = new Random(17);

  static byte[] bytes(int n) {
    byte[] b = new byte[n];
    random.nextBytes(b);
    return b;
  }

  static String hex(byte[] b) {
    return new BigInteger(1, b).toString(16);
  }

  static void digests() throws Exception {
    for (String name : new String[] {"MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA3-256"}) {
      MessageDigest all = MessageDigest.getInstance(name);
      for (int n = 0; n < 300; n += 1 + n / 7) {
        MessageDigest one = MessageDigest.getInstance(name);
        byte[] b = bytes(n);
        one.update(b, 0, n / 3);
        one.update(b, n / 3, n - n / 3);
        all.update(one.digest());
        MessageDigest copy = (MessageDigest) all.clone();
        all.update(copy.digest());
      }
      System.out.println(name + " " + hex(all.digest()));
    }
  }

  static byte[] run(String name, int mode, SecretKeySpec key, byte[] iv, byte[] in) throws Exception {
    Cipher cipher = Cipher.getInstance(name);
    if (name.contains("GCM")) {
      cipher.init(mode, key, new GCMParameterSpec(128, iv));
      cipher.updateAAD(Arrays.copyOf(iv, 7));
    } else if (name.contains("ECB"))
      cipher.init(mode, key);
    else
      cipher.init(mode, key, new IvParameterSpec(iv));
    return cipher.doFinal(in);
  }

  static void ciphers() throws Exception {
    String[] names = {"AES/ECB/PKCS5Padding", "AES/CBC/PKCS5Padding", "AES/CTR/NoPadding", "AES/GCM/NoPadding"};
    for (String name : names)
      for (int bits = 128; bits <= 256; bits += 64) {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        SecretKeySpec key = new SecretKeySpec(bytes(bits / 8), "AES");
        for (int n = 0; n < 400; n += 1 + n / 5) {
          byte[] in = bytes(n), iv = bytes(16);
          byte[] out = run(name, Cipher.ENCRYPT_MODE, key, iv, in);
          digest.update(out);
          if (!Arrays.equals(in, run(name, Cipher.DECRYPT_MODE, key, iv, out)))
            System.out.println(name + " " + n + ": not what was encrypted");
        }
        System.out.println(name + " " + bits + " " + hex(digest.digest()));
      }
  }

  static void integers() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 400; i++) {
      BigInteger a = new BigInteger(random.nextInt(1 + 12 * i), random);
      BigInteger b = new BigInteger(random.nextInt(1 + 9 * i), random).negate();
      BigInteger c = a.multiply(b);
      digest.update(c.toByteArray());
      digest.update(a.multiply(a).toByteArray());
      digest.update(a.add(BigInteger.TWO.pow(32 * (i % 9)).subtract(BigInteger.ONE)).pow(3).toByteArray());
      if (b.signum() != 0 && !c.divide(b).equals(a))
        System.out.println(i + ": not divided back");
      if (i % 20 == 0 && i < 120) {
        BigInteger odd = a.setBit(0).setBit(40);
        digest.update(b.modPow(a, odd).toByteArray());
        digest.update(b.negate().modPow(a, odd.shiftLeft(3)).toByteArray());
      }
    }
    System.out.println("BigInteger " + hex(digest.digest()));
    BigInteger p = BigInteger.TWO.pow(521).subtract(BigInteger.ONE);
    System.out.println(BigInteger.valueOf(3).modPow(p.subtract(BigInteger.ONE), p) + " " + p.isProbablePrime(4));
  }

  public static void main(String[] args) throws Exception {
    digests();
    ciphers();
    integers();
  }
}
