import com.sun.tools.attach.*;

/* The interface of jdk.attach, on a vm given by its number, or on this one. */
public class Attacher {
  interface Action {
    void run() throws Exception;
  }

  static void attempt(String what, Action a) {
    try {
      a.run();
      System.out.println(what + ": done");
    } catch (Exception e) {
      System.out.println(what + ": " + e.getClass().getName() + ": " + e.getMessage());
    }
  }

  public static void main(String[] args) throws Exception {
    String pid = args[0].equals("self") ? String.valueOf(ProcessHandle.current().pid()) : args[0];
    VirtualMachine vm;
    try {
      vm = VirtualMachine.attach(pid);
    } catch (AttachNotSupportedException e) {
      System.out.println(e.getClass().getSimpleName() + " " + (e.getMessage() != null));
      return;
    }
    System.out.println(vm.id().equals(pid));
    System.out.println(vm.getSystemProperties().getProperty("given"));
    System.out.println(vm.getAgentProperties().getProperty("sun.java.command"));
    attempt("agent", () -> vm.loadAgent(args[1], "options"));
    attempt("throws", () -> vm.loadAgent(args[1], "throw"));
    attempt("no agent", () -> vm.loadAgent(args[2]));
    attempt("missing", () -> vm.loadAgent("missing.jar"));
    attempt("library", () -> vm.loadAgentLibrary("no_such_library"));
    attempt("library without attach", () -> vm.loadAgentLibrary("zip"));
    vm.detach();
    attempt("detached", () -> vm.getSystemProperties());
    System.out.println(System.getProperty("agent"));
  }
}
