// Cipher: AES in every mode, ChaCha20, DES, RC4, RSA, stream wrappers, AEAD with associated data and tampering, padding errors, key wrapping, sealed
// objects, password based encryption.
import java.security.*;
import java.security.spec.*;
import java.util.*;
import javax.crypto.*;
import javax.crypto.spec.*;

public class Ciphers {
  static String hex(byte[] b) {
    return HexFormat.of().formatHex(b);
  }

  static void round(String name, Key k, AlgorithmParameterSpec p, byte[] text) throws Exception {
    Cipher c = Cipher.getInstance(name);
    c.init(Cipher.ENCRYPT_MODE, k, p);
    byte[] head = c.update(text, 0, 20), tail = c.doFinal(text, 20, text.length - 20), all = new byte[(head == null ? 0 : head.length) + tail.length];
    if (head != null) System.arraycopy(head, 0, all, 0, head.length);
    System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
    Cipher d = Cipher.getInstance(name);
    d.init(Cipher.DECRYPT_MODE, k, p);
    System.out.println(name + " " + all.length + " " + hex(all).substring(0, 32) + " " + Arrays.equals(d.doFinal(all), text) + " " + c.getBlockSize());
  }

  static void fails(String what, java.util.concurrent.Callable<?> c) {
    try {
      System.out.println(what + " gave " + c.call());
    } catch (Exception e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    byte[] key = new byte[32], iv = new byte[16], text = "Sixteen bytes..., and then a little more text".getBytes();
    for (int i = 0; i < 32; i++) key[i] = (byte) i;
    SecretKey aes = new SecretKeySpec(key, 0, 16, "AES"), aes256 = new SecretKeySpec(key, "AES");
    IvParameterSpec ivs = new IvParameterSpec(iv);
    round("AES/ECB/PKCS5Padding", aes, null, text);
    round("AES/CBC/PKCS5Padding", aes256, ivs, text);
    round("AES/CTR/NoPadding", aes, ivs, text);
    round("AES/CFB8/NoPadding", aes, ivs, text);
    round("AES/OFB/NoPadding", aes256, ivs, text);
    round("DESede/CBC/PKCS5Padding", new SecretKeySpec(key, 0, 24, "DESede"), new IvParameterSpec(iv, 0, 8), text);
    round("Blowfish/ECB/PKCS5Padding", new SecretKeySpec(key, 0, 16, "Blowfish"), null, text);
    round("ARCFOUR", new SecretKeySpec(key, 0, 16, "ARCFOUR"), null, text);
    byte[] aad = "header".getBytes();
    for (String name : List.of("AES/GCM/NoPadding", "ChaCha20-Poly1305")) {
      AlgorithmParameterSpec p = name.startsWith("AES") ? new GCMParameterSpec(128, iv, 0, 12) : new IvParameterSpec(iv, 0, 12);
      SecretKey k = new SecretKeySpec(key, name.startsWith("AES") ? "AES" : "ChaCha20");
      Cipher c = Cipher.getInstance(name);
      c.init(Cipher.ENCRYPT_MODE, k, p);
      c.updateAAD(aad);
      byte[] sealed = c.doFinal(text);
      Cipher d = Cipher.getInstance(name);
      d.init(Cipher.DECRYPT_MODE, k, p);
      d.updateAAD(aad);
      System.out.println(name + " " + hex(sealed).substring(0, 40) + " " + new String(d.doFinal(sealed)).equals(new String(text)));
      sealed[3] ^= 1;
      fails("tampered", () -> {
        d.init(Cipher.DECRYPT_MODE, k, p);
        d.updateAAD(aad);
        return d.doFinal(sealed);
      });
      fails("reused nonce", () -> {
        c.init(Cipher.ENCRYPT_MODE, k, p);
        return c.doFinal(text).length;
      });
    }
    fails("padding", () -> {
      Cipher c = Cipher.getInstance("AES/CBC/PKCS5Padding");
      c.init(Cipher.DECRYPT_MODE, aes, ivs);
      return c.doFinal(new byte[16]);
    });
    fails("length", () -> {
      Cipher c = Cipher.getInstance("AES/CBC/NoPadding");
      c.init(Cipher.ENCRYPT_MODE, aes, ivs);
      return c.doFinal(new byte[5]);
    });
    fails("key size", () -> {
      Cipher c = Cipher.getInstance("AES");
      c.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[5], "AES"));
      return null;
    });
    fails("iv size", () -> {
      Cipher c = Cipher.getInstance("AES/CBC/NoPadding");
      c.init(Cipher.ENCRYPT_MODE, aes, new IvParameterSpec(new byte[4]));
      return null;
    });
    fails("transformation", () -> Cipher.getInstance("AES/XYZ/NoPadding"));
    fails("not initialised", () -> Cipher.getInstance("AES").doFinal(text));
    Cipher w = Cipher.getInstance("AESWrap");
    w.init(Cipher.WRAP_MODE, aes);
    byte[] wrapped = w.wrap(aes256);
    w.init(Cipher.UNWRAP_MODE, aes);
    System.out.println(hex(wrapped).substring(0, 16) + " " + w.unwrap(wrapped, "AES", Cipher.SECRET_KEY).equals(aes256));
    Cipher c = Cipher.getInstance("AES");
    c.init(Cipher.ENCRYPT_MODE, aes);
    SealedObject so = new SealedObject(new ArrayList<>(List.of("sealed", 1)), c);
    System.out.println(so.getAlgorithm() + " " + so.getObject(aes));
    java.io.ByteArrayOutputStream bo = new java.io.ByteArrayOutputStream();
    try (CipherOutputStream co = new CipherOutputStream(bo, c)) {
      for (int i = 0; i < 500; i++) co.write(i);
    }
    Cipher d = Cipher.getInstance("AES");
    d.init(Cipher.DECRYPT_MODE, aes);
    System.out.println(bo.size() + " " + new CipherInputStream(new java.io.ByteArrayInputStream(bo.toByteArray()), d).readAllBytes().length);
    Cipher pbe = Cipher.getInstance("PBEWithHmacSHA256AndAES_128");
    SecretKey pk = SecretKeyFactory.getInstance("PBEWithHmacSHA256AndAES_128").generateSecret(new PBEKeySpec("pw".toCharArray()));
    pbe.init(Cipher.ENCRYPT_MODE, pk, new PBEParameterSpec(new byte[8], 10, ivs));
    System.out.println(hex(pbe.doFinal("x".getBytes())));
    KeyGenerator g = KeyGenerator.getInstance("AES");
    g.init(256);
    System.out.println(g.generateKey().getEncoded().length + " " + Cipher.getMaxAllowedKeyLength("AES"));
  }
}
