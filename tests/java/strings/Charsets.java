// Encoders and decoders: UTF-8, UTF-16, Latin-1, ASCII, malformed input, replacement, CharsetDecoder steps.
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

public class Charsets {
  static String hex(byte[] bs) {
    StringBuilder sb = new StringBuilder();
    for (byte b : bs) sb.append(String.format("%02x", b));
    return sb.toString();
  }

  static String esc(String s) {
    StringBuilder sb = new StringBuilder();
    for (char c : s.toCharArray()) sb.append(c >= 32 && c < 127 ? "" + c : String.format("<%x>", (int) c));
    return sb.toString();
  }

  static byte[] bytes(int... vs) {
    byte[] b = new byte[vs.length];
    for (int i = 0; i < b.length; i++) b[i] = (byte) vs[i];
    return b;
  }

  public static void main(String[] args) throws Exception {
    String s = "A\u00e9\u20ac\ud83d\ude00\ud800z";
    for (String name : "UTF-8 UTF-16 UTF-16LE UTF-32 ISO-8859-1 US-ASCII windows-1252 ISO-8859-15".split(" ")) {
      byte[] b = s.getBytes(name);
      System.out.println(name + " " + hex(b) + " " + esc(new String(b, name)));
    }
    byte[][] bad = {bytes(0xc3), bytes(0xc3, 0x28), bytes(0xe2, 0x82), bytes(0xf0, 0x9f, 0x98), bytes(0xff, 0x41),
        bytes(0xc0, 0x80), bytes(0xed, 0xa0, 0x80), bytes(0xf4, 0x90, 0x80, 0x80), bytes(0xe2, 0x82, 0xac, 0x80)};
    for (byte[] b : bad) {
      String strict;
      try {
        strict = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(b)).toString();
      } catch (CharacterCodingException e) {
        strict = e.getClass().getSimpleName() + " " + e.getMessage();
      }
      System.out.println(hex(b) + " " + esc(new String(b, StandardCharsets.UTF_8)) + " " + strict);
    }
    CharsetDecoder d = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.IGNORE);
    ByteBuffer in = ByteBuffer.wrap(bytes('a', 0xe2, 0x82, 0xac, 0x80, 'b', 0xf0, 0x9f));
    CharBuffer out = CharBuffer.allocate(2);
    CoderResult r = d.decode(in, out, false);
    System.out.println(r + " " + in.position() + " " + out.position());
    out.clear();
    r = d.decode(in, out, true);
    System.out.println(r + " " + in.position() + " " + out.flip().length() + " " + d.flush(CharBuffer.allocate(1)));
    try {
      StandardCharsets.US_ASCII.newEncoder().encode(CharBuffer.wrap("ok\u00e9"));
    } catch (CharacterCodingException e) {
      System.out.println(e);
    }
    System.out.println(Charset.forName("latin1") + " " + Charset.isSupported("no-such") + " "
        + StandardCharsets.UTF_8.aliases().contains("UTF8") + " " + StandardCharsets.UTF_8.newEncoder()
            .maxBytesPerChar()
        + " " + StandardCharsets.ISO_8859_1.newEncoder().canEncode('\u20ac'));
    try {
      Charset.forName("no-such");
    } catch (UnsupportedCharsetException e) {
      System.out.println(e);
    }
    try {
      "x".getBytes("bogus");
    } catch (java.io.UnsupportedEncodingException e) {
      System.out.println(e);
    }
    StringBuilder big = new StringBuilder();
    for (int i = 0; i < 3000; i++) big.append((char) (i % 700 + 32));
    byte[] enc = big.toString().getBytes(StandardCharsets.UTF_8);
    System.out.println(enc.length + " " + java.util.Arrays.hashCode(enc) + " "
        + new String(enc, StandardCharsets.UTF_8).contentEquals(big) + " " + new String(enc, 10, 5,
            StandardCharsets.US_ASCII));
  }
}
