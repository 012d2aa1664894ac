// ProcessHandle: this process, children and descendants, info, onExit, kill from the handle, orphans, the parent's view.
import java.io.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.*;

public class Handles1 {
  public static void main(String[] args) throws Exception {
    ProcessHandle me = ProcessHandle.current();
    System.out.println(me.isAlive() + " " + (me.pid() > 1) + " " + ProcessHandle.of(me.pid()).get().equals(me) + " " + me.parent()
        .isPresent() + " " + me.supportsNormalTermination());
    try {
      me.destroy();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    try {
      me.onExit();
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
    Process p = new ProcessBuilder("sleep", "100").start();
    ProcessHandle h = p.toHandle();
    System.out.println(h.isAlive() + " " + (h.pid() == p.pid()) + " " + h.parent().get().equals(me) + " " + me.children().collect(Collectors
        .toList()).contains(h) + " " + h.children().count() + " " + p.supportsNormalTermination());
    ProcessHandle.Info i = h.info();
    while (i.commandLine().isEmpty() || !i.commandLine().get().contains("sleep")) {
      Thread.sleep(1);
      i = h.info();
    }
    System.out.println(i.command().get().replaceAll(".*/", "") + " " + Arrays.toString(i.arguments().get()) + " " + i.startInstant()
        .isPresent() + " " + i.user().equals(me.info().user()) + " " + i.totalCpuDuration().isPresent());
    CompletableFuture<String> end = h.onExit().thenApply(x -> "ended " + x.isAlive() + " " + x.equals(h));
    System.out.println(end.isDone() + " " + h.destroy() + " " + end.get() + " " + p.waitFor());
    System.out.println(h.isAlive() + " " + h.destroyForcibly() + " " + h.children().count() + " " + ProcessHandle.of(h.pid()).isPresent());

    // A shell with children of its own.
    Process tree = new ProcessBuilder("sh", "-c", "sleep 100 & sleep 100 & echo ready; wait").start();
    System.out.println(tree.inputReader().readLine());
    List<ProcessHandle> kids = tree.descendants().collect(Collectors.toList());
    System.out.println(kids.size() + " " + kids.stream().allMatch(k -> k.parent().get().pid() == tree.pid()) + " " + (me.descendants().count()
        >= 3));
    kids.forEach(ProcessHandle::destroy);
    for (ProcessHandle k : kids) k.onExit().get();
    System.out.println(tree.waitFor(10, TimeUnit.SECONDS) + " " + tree.exitValue());

    // onExit of a Process gives it back, the stages run once.
    List<CompletableFuture<Integer>> exits = new ArrayList<>();
    for (int n = 0; n < 6; n++) exits.add(new ProcessBuilder("sh", "-c", "exit " + n * 11).start().onExit().thenApply(Process::exitValue));
    System.out.println(exits.stream().map(CompletableFuture::join).collect(Collectors.toList()));
    Process killed = new ProcessBuilder("sh", "-c", "kill -9 $$").start();
    System.out.println(killed.waitFor());
    System.out.println(ProcessHandle.allProcesses().anyMatch(me::equals) + " " + (me.compareTo(me) == 0) + " " + (me.hashCode() == ProcessHandle
        .current().hashCode()));
  }
}
