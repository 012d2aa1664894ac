import java.util.*;
import javax.tools.ToolProvider;

/* javac several times in one vm: its arguments, with "--" between them. */
public class Compile {
  public static void main(String[] args) {
    List<String> one = new ArrayList<>();
    for (String a : args) {
      if (!a.equals("--")) {
        one.add(a);
        continue;
      }
      if (ToolProvider.getSystemJavaCompiler().run(null, null, null, one.toArray(String[]::new)) != 0)
        System.exit(1);
      one.clear();
    }
  }
}
