import java.lang.instrument.*;
import java.security.ProtectionDomain;

/* An agent that comes when everything runs. */
public class Late {
  public static void agentmain(String options, Instrumentation i) throws Exception {
    System.setProperty("agent", String.valueOf(options));
    if ("throw".equals(options))
      throw new IllegalStateException("thrown");
    ClassFileTransformer t = new ClassFileTransformer() {
      @Override
      public byte[] transform(ClassLoader loader, String name, Class<?> c, ProtectionDomain d, byte[] file) {
        String s = new String(file, java.nio.charset.StandardCharsets.ISO_8859_1);
        return "Target".equals(name)
            ? s.replace("as it was", "as it is!").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1) : null;
      }
    };
    i.addTransformer(t, true);
    for (Class<?> c : i.getAllLoadedClasses())
      if (c.getName().equals("Target"))
        i.retransformClasses(c);
  }
}
