// timeout: 120
// vmopts: -Djava.util.prefs.userRoot=prefs -Djava.util.prefs.systemRoot=sysprefs
// Preferences in a folder of the test's own: types, nodes, listeners, export and import, flush and another virtual machine's view is not needed; limits.
import java.io.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.prefs.*;

public class Prefs {
  public static void main(String[] args) throws Exception {
    java.util.logging.Logger.getLogger("java.util.prefs").setLevel(java.util.logging.Level.OFF);
    Preferences p = Preferences.userRoot().node("a/b");
    System.out.println(p + " " + p.absolutePath() + " " + p.name() + " " + p.parent().name() + " " + p.isUserNode() + " " + Preferences.userRoot().nodeExists("a") + " " + Preferences.userRoot().nodeExists("zz"));
    CountDownLatch changes = new CountDownLatch(3);
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    p.addPreferenceChangeListener(e -> {
      seen.add(e.getKey() + "=" + e.getNewValue());
      changes.countDown();
    });
    p.put("s", "text");
    p.putInt("i", -5);
    p.remove("s");
    changes.await();
    System.out.println(seen);
    p.putLong("l", 1L << 40);
    p.putDouble("d", 2.5);
    p.putBoolean("z", true);
    p.putByteArray("b", new byte[] {1, 2, -1});
    p.put("odd key /\u00e9", "<&>\u4e2d");
    System.out.println(p.getInt("i", 0) + " " + p.getLong("l", 0) + " " + p.getDouble("d", 0) + " " + p.getFloat("d", 0) + " " + p.getBoolean("z", false) + " " + Arrays.toString(p.getByteArray("b", null)) + " " + p.get("none", "default") + " " + p.getInt("z",
        77) + " " + p.get("odd key /\u00e9", "").length() + " " + p.keys().length);
    CountDownLatch added = new CountDownLatch(1);
    p.addNodeChangeListener(new NodeChangeListener() {
      @Override
      public void childAdded(NodeChangeEvent e) {
        seen.add("added " + e.getChild().name());
        added.countDown();
      }

      @Override
      public void childRemoved(NodeChangeEvent e) {}
    });
    p.node("child/deeper").put("x", "y");
    added.await();
    System.out.println(seen.get(3) + " " + Arrays.toString(p.childrenNames()) + " " + p.node("/a/b/child").get("x", "not here"));
    p.flush();
    p.sync();
    System.out.println(new File("prefs/.java/.userPrefs/a/b/prefs.xml").isFile() + " " + new File("prefs/.java/.userPrefs/a/b/child/deeper/prefs.xml").length() / 100);
    ByteArrayOutputStream bo = new ByteArrayOutputStream();
    p.exportSubtree(bo);
    Preferences child = p.node("child");
    child.removeNode();
    System.out.println(p.nodeExists("child"));
    try {
      child.get("x", "");
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    p.clear();
    System.out.println(p.keys().length);
    Preferences.importPreferences(new ByteArrayInputStream(bo.toByteArray()));
    System.out.println(p.keys().length + " " + p.node("child/deeper").get("x", ""));
    for (Runnable bad : List.<Runnable>of(() -> p.put("k".repeat(81), "v"), () -> p.put("k", "v".repeat(8193)), () -> p.node("//x"), () -> p.node("x/"), () -> p.put(null, "v"))) {
      try {
        bad.run();
      } catch (IllegalArgumentException | NullPointerException e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    System.out.println(Preferences.userNodeForPackage(String.class).absolutePath());
    try {
      Preferences.importPreferences(new ByteArrayInputStream("<nonsense/>".getBytes()));
    } catch (InvalidPreferencesFormatException e) {
      System.out.println("bad format");
    }
    Preferences.userRoot().node("a").removeNode();
    Preferences.userRoot().flush();
    System.out.println(new File("prefs/.java/.userPrefs/a").exists());
  }
}
