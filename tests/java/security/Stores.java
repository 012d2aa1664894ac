// modes: default, baseline
// Key stores made with keytool: PKCS12, JKS and JCEKS, certificates, passwords, CertPath validation; permissions and doPrivileged.
import java.io.*;
import java.nio.file.*;
import java.security.*;
import java.security.cert.*;
import java.security.cert.Certificate;
import java.util.*;
import java.util.jar.*;
import javax.crypto.*;
import javax.crypto.spec.*;

public class Stores {
  static final char[] PW = "changeit".toCharArray();

  public static void main(String[] args) throws Exception {
    Keytool.run("-genkeypair", "-alias", "me", "-keyalg", "EC", "-dname", "CN=me, O=tests, C=AT", "-keystore", "a.p12", "-validity", "1000", "-ext",
        "san=dns:localhost,ip:127.0.0.1");
    KeyStore s = KeyStore.getInstance(new File("a.p12"), PW);
    X509Certificate c = (X509Certificate) s.getCertificate("me");
    System.out.println(s.getType() + " " + s.size() + " " + s.isKeyEntry("me") + " " + c.getSubjectX500Principal() + " " + c.getIssuerX500Principal().equals(c
        .getSubjectX500Principal()) + " " + c.getSigAlgName() + " " + c.getVersion() + " " + c.getBasicConstraints() + " " + c.getSubjectAlternativeNames().stream()
            .map(List::toString).sorted().toList());
    c.checkValidity();
    c.verify(c.getPublicKey());
    try {
      c.checkValidity(new Date(0));
    } catch (CertificateNotYetValidException e) {
      System.out.println("not yet");
    }
    PrivateKey k = (PrivateKey) s.getKey("me", PW);
    System.out.println(k.getAlgorithm() + " " + s.getCertificateChain("me").length + " " + s.getCertificateAlias(c) + " " + s.containsAlias("none"));
    try {
      KeyStore.getInstance(new File("a.p12"), "wrong".toCharArray());
    } catch (IOException e) {
      System.out.println(e.getMessage() + " " + e.getCause().getClass().getSimpleName());
    }
    for (String type : List.of("PKCS12", "JKS", "JCEKS")) {
      KeyStore t = KeyStore.getInstance(type);
      t.load(null, null);
      t.setCertificateEntry("trusted", c);
      t.setKeyEntry("key", k, PW, new Certificate[] {c});
      if (!type.equals("JKS")) t.setEntry("secret", new KeyStore.SecretKeyEntry(new SecretKeySpec(new byte[16], "AES")), new KeyStore.PasswordProtection(PW));
      ByteArrayOutputStream bo = new ByteArrayOutputStream();
      t.store(bo, PW);
      KeyStore u = KeyStore.getInstance(type);
      u.load(new ByteArrayInputStream(bo.toByteArray()), PW);
      System.out.println(type + " " + new TreeSet<>(Collections.list(u.aliases())) + " " + u.getKey("key", PW).equals(k) + " " + u.isCertificateEntry("trusted")
          + " " + u.entryInstanceOf("key", KeyStore.PrivateKeyEntry.class));
      try {
        u.getKey("key", "no".toCharArray());
      } catch (UnrecoverableKeyException e) {
        System.out.println("unrecoverable");
      }
    }
    CertificateFactory cf = CertificateFactory.getInstance("X.509");
    X509Certificate back = (X509Certificate) cf.generateCertificate(new ByteArrayInputStream(c.getEncoded()));
    System.out.println(back.equals(c) + " " + cf.generateCertPath(List.of(c)).getCertificates().size());
    String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(c.getEncoded()) + "\n-----END CERTIFICATE-----\n";
    System.out.println(cf.generateCertificates(new ByteArrayInputStream((pem + pem).getBytes())).size());
    try {
      cf.generateCertificate(new ByteArrayInputStream("junk".getBytes()));
    } catch (CertificateException e) {
      System.out.println("junk " + (e.getMessage() != null));
    }
    PKIXParameters pp = new PKIXParameters(Set.of(new TrustAnchor(c, null)));
    pp.setRevocationEnabled(false);
    try {
      CertPathValidator.getInstance("PKIX").validate(cf.generateCertPath(List.of(c)), pp);
      System.out.println("valid");
    } catch (CertPathValidatorException e) {
      System.out.println("invalid " + e.getReason());
    }
    KeyStore ca = KeyStore.getInstance("JKS");
    javax.net.ssl.TrustManagerFactory tmf = javax.net.ssl.TrustManagerFactory.getInstance("PKIX");
    tmf.init((KeyStore) null);
    System.out.println(tmf.getTrustManagers().length + " " + tmf.getAlgorithm() + " " + ca.getType());
    AccessController.doPrivileged((PrivilegedAction<Void>) () -> {
      System.out.println("privileged " + (AccessController.getContext() != null));
      return null;
    });
    try {
      AccessController.doPrivileged((PrivilegedExceptionAction<Void>) () -> {
        throw new IOException("inside");
      });
    } catch (PrivilegedActionException e) {
      System.out.println(e.getException().getMessage());
    }
    Permissions ps = new Permissions();
    ps.add(new FilePermission("/a/-", "read"));
    ps.add(new PropertyPermission("user.*", "read,write"));
    System.out.println(ps.implies(new FilePermission("/a/b/c", "read")) + " " + ps.implies(new FilePermission("/a/b", "write")) + " " + ps.implies(
        new PropertyPermission("user.home", "read")) + " " + System.getSecurityManager());
  }
}
