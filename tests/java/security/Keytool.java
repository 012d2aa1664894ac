import java.util.ArrayList;
import java.util.List;

/* Makes key stores: keytool, on the virtual machine that runs this. */
final class Keytool {
  private Keytool() {}

  static void run(String... args) throws Exception {
    List<String> l = new ArrayList<>(List.of(ProcessHandle.current().info().command().get(), "-Duser.language=en", "-m",
        "java.base/sun.security.tools.keytool.Main", "-storepass", "changeit"));
    l.addAll(List.of(args));
    Process p = new ProcessBuilder(l).redirectErrorStream(true).start();
    String out = new String(p.getInputStream().readAllBytes());
    if (p.waitFor() != 0) System.out.println("keytool: " + out);
  }
}
