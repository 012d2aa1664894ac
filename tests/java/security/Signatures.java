// Signature, KeyPairGenerator, KeyFactory, KeyAgreement: RSA, DSA-free, EC, EdDSA, X25519; encodings and back; wrong signatures; deterministic ones known.
import java.math.*;
import java.security.*;
import java.security.interfaces.*;
import java.security.spec.*;
import java.util.*;
import javax.crypto.*;

public class Signatures {
  static boolean verify(String alg, PublicKey k, byte[] data, byte[] sig) throws Exception {
    Signature s = Signature.getInstance(alg);
    s.initVerify(k);
    s.update(data);
    return s.verify(sig);
  }

  static byte[] sign(String alg, PrivateKey k, byte[] data) throws Exception {
    Signature s = Signature.getInstance(alg);
    s.initSign(k);
    s.update(data);
    return s.sign();
  }

  public static void main(String[] args) throws Exception {
    byte[] data = "to be signed".getBytes(), other = "to be signee".getBytes();
    Object[][] kinds = {{"RSA", new RSAKeyGenParameterSpec(1024, RSAKeyGenParameterSpec.F4), "SHA256withRSA"}, {"EC", new ECGenParameterSpec("secp256r1"),
        "SHA256withECDSA"}, {"Ed25519", null, "Ed25519"}};
    for (Object[] k : kinds) {
      KeyPairGenerator g = KeyPairGenerator.getInstance((String) k[0]);
      if (k[1] != null) g.initialize((AlgorithmParameterSpec) k[1]);
      KeyPair p = g.generateKeyPair();
      byte[] sig = sign((String) k[2], p.getPrivate(), data);
      KeyFactory f = KeyFactory.getInstance((String) k[0]);
      PublicKey pub = f.generatePublic(new X509EncodedKeySpec(p.getPublic().getEncoded()));
      PrivateKey prv = f.generatePrivate(new PKCS8EncodedKeySpec(p.getPrivate().getEncoded()));
      byte[] again = sign((String) k[2], prv, data);
      System.out.println(k[2] + " " + verify((String) k[2], pub, data, sig) + " " + verify((String) k[2], pub, other, sig) + " " + verify((String) k[2], p
          .getPublic(), data, again) + " " + pub.equals(p.getPublic()) + " " + p.getPublic().getFormat() + " " + prv.getFormat() + " " + (k[0].equals("EC")
              || Arrays.equals(sig, again)));
      sig[sig.length / 2] ^= 4;
      try {
        System.out.println(verify((String) k[2], pub, data, sig));
      } catch (SignatureException e) {
        System.out.println(false);
      }
    }
    // A known key: the signature is known too.
    BigInteger p = new BigInteger("fcdbd9bd14dd0fd95d7c2a0c5cbd7e9b", 16).nextProbablePrime(), q = new BigInteger("f34e91b8c5e2b2a4bd1f7bdd5d5a0f01", 16)
        .nextProbablePrime();
    for (int i = 0; i < 1; i++) {
      p = p.pow(2).nextProbablePrime();
      q = q.pow(2).nextProbablePrime();
    }
    BigInteger n = p.multiply(q), e = BigInteger.valueOf(65537), d = e.modInverse(p.subtract(BigInteger.ONE).multiply(q.subtract(BigInteger.ONE)));
    KeyFactory f = KeyFactory.getInstance("RSA");
    PrivateKey prv = f.generatePrivate(new RSAPrivateKeySpec(n, d));
    PublicKey pub = f.generatePublic(new RSAPublicKeySpec(n, e));
    byte[] sig = sign("SHA256withRSA", prv, data);
    System.out.println(n.bitLength() + " " + HexFormat.of().formatHex(sig).substring(0, 40) + " " + verify("SHA256withRSA", pub, data, sig));
    Cipher c = Cipher.getInstance("RSA/ECB/PKCS1Padding");
    c.init(Cipher.ENCRYPT_MODE, pub);
    byte[] enc = c.doFinal(data);
    c.init(Cipher.DECRYPT_MODE, prv);
    System.out.println(enc.length + " " + new String(c.doFinal(enc)));
    for (String a : List.of("X25519", "EC", "DH")) {
      KeyPairGenerator g = KeyPairGenerator.getInstance(a);
      if (a.equals("DH")) g.initialize(512);
      if (a.equals("EC")) g.initialize(256);
      KeyPair x = g.generateKeyPair();
      if (a.equals("DH")) g.initialize(((javax.crypto.interfaces.DHPublicKey) x.getPublic()).getParams());
      KeyPair y = g.generateKeyPair();
      byte[][] secrets = new byte[2][];
      for (int i = 0; i < 2; i++) {
        KeyAgreement ka = KeyAgreement.getInstance(a.equals("EC") ? "ECDH" : a);
        ka.init(i == 0 ? x.getPrivate() : y.getPrivate());
        ka.doPhase(i == 0 ? y.getPublic() : x.getPublic(), true);
        secrets[i] = ka.generateSecret();
      }
      System.out.println(a + " " + Arrays.equals(secrets[0], secrets[1]) + " " + secrets[0].length);
    }
    try {
      KeyPairGenerator.getInstance("RSA").initialize(100);
    } catch (InvalidParameterException x) {
      System.out.println(x.getMessage());
    }
    try {
      Signature.getInstance("SHA256withRSA").initVerify(KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic());
    } catch (InvalidKeyException x) {
      System.out.println(x.getClass().getSimpleName());
    }
    try {
      Signature.getInstance("SHA256withRSA").sign();
    } catch (SignatureException x) {
      System.out.println(x.getMessage());
    }
    ECPublicKey ec = (ECPublicKey) KeyPairGenerator.getInstance("EC").generateKeyPair().getPublic();
    System.out.println(ec.getAlgorithm() + " " + ec.getParams().getCofactor());
    SecureRandom sr = SecureRandom.getInstance("SHA1PRNG");
    sr.setSeed(42);
    System.out.println(sr.nextInt() + " " + sr.nextLong() + " " + sr.getAlgorithm());
    SecureRandom drbg = SecureRandom.getInstance("DRBG"), strong = new SecureRandom();
    byte[] r1 = new byte[32], r2 = new byte[32];
    drbg.nextBytes(r1);
    strong.nextBytes(r2);
    System.out.println(!Arrays.equals(r1, r2) + " " + strong.generateSeed(8).length + " " + strong.ints(100, 0, 10).allMatch(i -> i >= 0 && i < 10));
  }
}
