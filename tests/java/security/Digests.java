// MessageDigest, Mac, key derivation: known answers, updates in pieces, clones, every algorithm, direct buffers, wrong names.
import java.nio.*;
import java.security.*;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;

public class Digests {
  static String hex(byte[] b) {
    return HexFormat.of().formatHex(b);
  }

  public static void main(String[] args) throws Exception {
    byte[] abc = "abc".getBytes(), big = new byte[10_000];
    for (int i = 0; i < big.length; i++) big[i] = (byte) (i * 7);
    for (String a : List.of("MD2", "MD5", "SHA-1", "SHA-224", "SHA-256", "SHA-384", "SHA-512", "SHA-512/256", "SHA3-256", "SHA3-512")) {
      MessageDigest d = MessageDigest.getInstance(a);
      String whole = hex(d.digest(abc)), large = hex(d.digest(big));
      for (int i = 0; i < big.length; i += 333) d.update(big, i, Math.min(333, big.length - i));
      MessageDigest c = (MessageDigest) d.clone();
      ByteBuffer direct = ByteBuffer.allocateDirect(3).put(abc).flip();
      boolean same = hex(d.digest()).equals(large);
      d.update(direct);
      System.out.println(a + " " + whole + " " + same + " " + hex(d.digest()).equals(whole) + " " + hex(c.digest()).equals(large) + " " + d.getDigestLength());
    }
    for (String a : List.of("HmacMD5", "HmacSHA1", "HmacSHA256", "HmacSHA512", "HmacSHA3-256")) {
      Mac m = Mac.getInstance(a);
      m.init(new SecretKeySpec("key".getBytes(), a));
      System.out.println(a + " " + hex(m.doFinal("The quick brown fox jumps over the lazy dog".getBytes())) + " " + m.getMacLength());
    }
    SecretKeyFactory f = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256");
    System.out.println(hex(f.generateSecret(new PBEKeySpec("password".toCharArray(), "salt".getBytes(), 50, 256)).getEncoded()));
    try {
      MessageDigest.getInstance("NOPE");
    } catch (NoSuchAlgorithmException e) {
      System.out.println(e.getMessage());
    }
    try {
      MessageDigest.getInstance("MD5", "NoProvider");
    } catch (NoSuchProviderException e) {
      System.out.println(e.getMessage());
    }
    try {
      Mac.getInstance("HmacSHA256").update((byte) 1);
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(MessageDigest.isEqual(abc, abc.clone()) + " " + MessageDigest.isEqual(abc, big) + " " + MessageDigest.getInstance("SHA").getAlgorithm());
    try (java.io.InputStream in = new DigestInputStream(new java.io.ByteArrayInputStream(big), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      System.out.println(hex(((DigestInputStream) in).getMessageDigest().digest()).substring(0, 16));
    }
    for (Provider p : Security.getProviders()) System.out.print(p.getName() + " ");
    System.out.println();
    System.out.println(Security.getProvider("SUN").getService("MessageDigest", "SHA-256").getClassName() + " " + Security.getAlgorithms("MessageDigest").contains(
        "MD5") + " " + (Security.getProperty("keystore.type")));
  }
}
