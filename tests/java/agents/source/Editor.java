import com.sun.jdi.*;
import com.sun.jdi.connect.*;
import com.sun.jdi.event.*;
import com.sun.jdi.request.*;
import java.nio.file.*;
import java.util.*;

/* A debugger that changes a class while one of its methods is at a breakpoint. */
public class Editor {
  static String frames(ThreadReference t) throws Exception {
    StringBuilder b = new StringBuilder();
    for (StackFrame f : t.frames()) {
      Method m = f.location().method();
      b.append(m.isObsolete() ? " obsolete" : " " + m.name() + ":" + f.location().lineNumber());
    }
    return b.toString();
  }

  public static void main(String[] args) throws Exception {
    LaunchingConnector connector = Bootstrap.virtualMachineManager().defaultConnector();
    Map<String, Connector.Argument> arguments = connector.defaultArguments();
    arguments.get("home").setValue(args[0]);
    arguments.get("options").setValue("-cp " + args[1]);
    arguments.get("main").setValue("Edited");
    VirtualMachine vm = connector.launch(arguments);
    System.out.println(vm.canRedefineClasses() + " " + vm.canAddMethod() + " " + vm.canUnrestrictedlyRedefineClasses());
    ClassPrepareRequest prepare = vm.eventRequestManager().createClassPrepareRequest();
    prepare.addClassFilter("Edited");
    prepare.enable();
    byte[] v2 = Files.readAllBytes(Path.of(args[2], "v2", "Edited.class"));
    byte[] bad = Files.readAllBytes(Path.of(args[2], "addMethod", "Edited.class"));
    for (boolean alive = true; alive;) { // each set of events, the first is the start, has suspended the vm
      for (Event e : vm.eventQueue().remove()) {
        if (e instanceof ClassPrepareEvent p) {
          Location l = p.referenceType().methodsByName("stop").get(0).location();
          vm.eventRequestManager().createBreakpointRequest(l).enable();
        } else if (e instanceof BreakpointEvent p) {
          System.out.println("at" + frames(p.thread()));
          ClassType c = (ClassType) p.location().declaringType();
          try {
            vm.redefineClasses(Map.of(c, bad));
          } catch (UnsupportedOperationException x) {
            System.out.println(x.getMessage());
          }
          vm.redefineClasses(Map.of(c, v2));
          System.out.println("at" + frames(p.thread()));
          System.out.println(c.constantPoolCount() > 10 && c.constantPool().length > 100);
        } else if (e instanceof VMDisconnectEvent) {
          alive = false;
        }
      }
      if (alive)
        vm.resume();
    }
    System.out.print(new String(vm.process().getInputStream().readAllBytes()));
    System.out.println(vm.process().waitFor());
  }
}
