// tsan: the JDK's LinuxWatchService writes a byte from and reads one into the same buffer
// WatchService on a directory: creation, deletion, keys, reset, cancel, close while a thread takes; file times and FileStore sanity.
import java.io.IOException;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

import static java.nio.file.StandardWatchEventKinds.*;

public class Watches {
  static Set<String> collect(WatchService w, int wanted) throws InterruptedException {
    Set<String> seen = new TreeSet<>();
    long end = System.nanoTime() + 20_000_000_000L;
    while (seen.size() < wanted && System.nanoTime() < end) {
      WatchKey k = w.poll(100, TimeUnit.MILLISECONDS);
      if (k == null) continue;
      for (WatchEvent<?> e : k.pollEvents()) {
        seen.add(k.watchable() + " " + e.kind().name() + " " + e.context() + " " + e.kind().type().getSimpleName());
      }
      k.reset();
    }
    return seen;
  }

  public static void main(String[] args) throws Exception {
    Path a = Files.createDirectory(Path.of("a")), b = Files.createDirectory(Path.of("b"));
    try (WatchService w = FileSystems.getDefault().newWatchService()) {
      WatchKey ka = a.register(w, ENTRY_CREATE, ENTRY_DELETE);
      WatchKey kb = b.register(w, ENTRY_CREATE, ENTRY_MODIFY);
      System.out.println(ka.isValid() + " " + ka.watchable() + " " + (a.register(w, ENTRY_CREATE, ENTRY_DELETE) == ka) + " " + w
          .poll());
      Files.createFile(a.resolve("f"));
      Files.createDirectory(a.resolve("d"));
      for (String s : collect(w, 2)) System.out.println(s);
      Files.delete(a.resolve("f"));
      Files.writeString(b.resolve("g"), "text");
      Set<String> s = collect(w, 3);
      for (String x : s) System.out.println(x);
      Files.move(a.resolve("d"), b.resolve("moved"));
      for (String x : collect(w, 2)) System.out.println(x);
      kb.cancel();
      System.out.println(kb.isValid() + " " + kb.reset() + " " + ka.reset());
      Files.createFile(b.resolve("unseen"));
      Files.createFile(a.resolve("seen"));
      for (String x : collect(w, 1)) System.out.println(x);
      Files.delete(a.resolve("seen"));
      collect(w, 1);
      Files.delete(a);
      WatchKey gone = w.poll(10, TimeUnit.SECONDS);
      if (gone != null) gone.pollEvents();
      System.out.println(gone == ka && !gone.reset());
      try {
        Path.of("none").register(w, ENTRY_CREATE);
      } catch (NoSuchFileException e) {
        System.out.println(e.getMessage());
      }
      try {
        Files.createFile(Path.of("plain")).register(w, ENTRY_CREATE);
      } catch (NotDirectoryException e) {
        System.out.println(e.getMessage());
      }
      Thread t = new Thread(() -> {
        try {
          w.take();
        } catch (ClosedWatchServiceException e) {
          System.out.println("closed while taking");
        } catch (InterruptedException e) {
          System.out.println(e);
        }
      });
      t.start();
      while (t.getState() != Thread.State.WAITING) Thread.onSpinWait();
      w.close();
      t.join();
      try {
        w.poll();
      } catch (ClosedWatchServiceException e) {
        System.out.println("closed");
      }
    }
  }
}
