// Breaks a jar at random, looks into it and loads a class from it. Without arguments: what happened to a fixed set of
// mutants. With arguments SEED COUNT jar, for tools/fuzz-classes: a line for each.
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

public class MutateJars {
  static byte[] jar() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
    manifest.getMainAttributes().putValue("Main-Class", "Corpus");
    try (JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, byte[]> e : Mutate.read(new String[] {"CorpusSquare", "CorpusShape", "CorpusList"}).entrySet()) {
        JarEntry entry = new JarEntry(e.getKey() + ".class");
        entry.setTime(1000000000000L);
        jar.putNextEntry(entry);
        jar.write(e.getValue());
      }
    }
    return out.toByteArray();
  }

  static byte[] mutate(byte[] original, Random r) {
    if (r.nextInt(6) == 0) return Arrays.copyOf(original, r.nextInt(original.length));
    byte[] b = original.clone();
    int directory = b.length - 330; // the table of contents is at the end
    for (int n = 1 + r.nextInt(3); n > 0; n--) {
      int at = r.nextBoolean() ? directory + r.nextInt(b.length - directory) : r.nextInt(b.length);
      b[at] = (byte) (r.nextBoolean() ? r.nextInt(256) : b[at] ^ 1 << r.nextInt(8));
    }
    return b;
  }

  static String one(byte[] jar, long seed, Path file) throws IOException {
    Files.write(file, mutate(jar, new Random(seed)));
    String entries;
    try (JarFile f = new JarFile(file.toFile())) {
      int read = 0;
      for (JarEntry e : java.util.Collections.list(f.entries())) read += f.getInputStream(e).readAllBytes().length;
      entries = "read " + read + (f.getManifest() == null ? "" : " and manifest");
    } catch (Throwable t) {
      entries = Mutate.first(t);
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      return entries + "; " + Class.forName("CorpusList", true, loader).getDeclaredMethod("sorted").getName();
    } catch (Throwable t) {
      return entries + "; " + Mutate.first(t);
    }
  }

  public static void main(String[] args) throws Exception {
    long seed = args.length == 0 ? 1 : Long.parseLong(args[0]);
    int count = args.length == 0 ? 400 : Integer.parseInt(args[1]);
    byte[] jar = jar();
    Path file = Files.createTempFile("mutant", ".jar");
    Map<String, Integer> verdicts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      String verdict = one(jar, seed + i, file).replace(file.toString(), "mutant.jar");
      if (args.length == 0) verdicts.merge(verdict.replaceAll("Error: .*", "Error").replaceAll("[^ -~]", "?"), 1, Integer::sum);
      else System.out.println(seed + i + " jar: " + verdict);
    }
    Files.delete(file);
    verdicts.forEach((v, n) -> System.out.println(n + " " + v));
  }
}
