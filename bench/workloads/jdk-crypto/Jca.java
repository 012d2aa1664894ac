import java.security.*;
import java.security.spec.*;
import javax.crypto.*;
import javax.crypto.spec.*;
import java.math.*;
public class Jca extends Bench {
    public static void main(String[] a) throws Throwable { new Jca().go(a); }
    public String iterate(int it) throws Exception {
        byte[] d = new byte[1 << 19];
        Rnd r = new Rnd(1);
        for (int i = 0; i < d.length; i++) d[i] = (byte) r.next(256);
        long h = FNV0;
        byte[] o;
        SecretKeySpec k = new SecretKeySpec(new byte[16], "AES");
        KeyPairGenerator kg = KeyPairGenerator.getInstance("RSA");
        kg.initialize(1024);
        KeyPair kp = kg.generateKeyPair();
        kg = KeyPairGenerator.getInstance("EC");
        kg.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair ep = kg.generateKeyPair();
        for (int n = 0; n < size; n++) {
            for (String s : new String[] {"MD5", "SHA-1", "SHA-256", "SHA-512", "SHA3-256"}) {
                o = MessageDigest.getInstance(s).digest(d);
                h = fnv(h, o, 0, o.length);
            }
            Cipher c = Cipher.getInstance("AES/GCM/NoPadding");
            c.init(Cipher.ENCRYPT_MODE, k, new GCMParameterSpec(128, new byte[12]));
            o = c.doFinal(d);
            h = fnv(h, o, 0, o.length);
            c = Cipher.getInstance("AES/GCM/NoPadding");
            c.init(Cipher.DECRYPT_MODE, k, new GCMParameterSpec(128, new byte[12]));
            if (!MessageDigest.isEqual(c.doFinal(o), d)) throw new RuntimeException();
            o[5] ^= 1;
            try {
                c.init(Cipher.DECRYPT_MODE, k, new GCMParameterSpec(128, new byte[12]));
                c.doFinal(o);
                throw new RuntimeException();
            } catch (AEADBadTagException e) { h++; }
            c = Cipher.getInstance("AES/CBC/PKCS5Padding");
            c.init(Cipher.ENCRYPT_MODE, k, new IvParameterSpec(new byte[16]));
            o = c.doFinal(d);
            h = fnv(h, o, 0, o.length);
            c = Cipher.getInstance("ChaCha20");
            c.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "ChaCha20"),
                new ChaCha20ParameterSpec(new byte[12], 1));
            o = c.doFinal(d);
            h = fnv(h, o, 0, o.length);
            Mac m = Mac.getInstance("HmacSHA256");
            m.init(k);
            o = m.doFinal(d);
            h = fnv(h, o, 0, o.length);
            o = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec("pw".toCharArray(), new byte[16], 1000, 256))
                    .getEncoded();
            h = fnv(h, o, 0, o.length);
            Signature s = Signature.getInstance("SHA256withRSA");
            s.initSign(kp.getPrivate());
            s.update(d, 0, 1000);
            o = s.sign();
            s.initVerify(kp.getPublic());
            s.update(d, 0, 1000);
            h = fnv(h, s.verify(o) ? 1 : 0);
            s = Signature.getInstance("SHA256withECDSA");
            s.initSign(ep.getPrivate());
            s.update(d, 0, 1000);
            o = s.sign();
            s.initVerify(ep.getPublic());
            s.update(d, 0, 1000);
            h = fnv(h, s.verify(o) ? 1 : 0);
            h = fnv(
                h, new BigInteger("123456789012345678901234567890123456789").nextProbablePrime().toString());
        }
        return hex(h);
    }
}
