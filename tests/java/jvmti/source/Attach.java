import com.sun.jdi.*;
import com.sun.jdi.connect.*;
import java.util.*;

/** Attaches to a running vm at the port given, looks at it while it is suspended, and lets it go. */
public class Attach {
  public static void main(String[] arguments) throws Exception {
    AttachingConnector connector = null;
    for (AttachingConnector c : Bootstrap.virtualMachineManager().attachingConnectors())
      if (c.name().equals("com.sun.jdi.SocketAttach"))
        connector = c;
    Map<String, Connector.Argument> a = connector.defaultArguments();
    a.get("hostname").setValue("127.0.0.1");
    a.get("port").setValue(arguments[0]);
    VirtualMachine vm = connector.attach(a);
    vm.suspend();
    ReferenceType waiter = vm.classesByName("Waiter").get(0);
    System.out.println(waiter.name() + " answers " + waiter.getValue(waiter.fieldByName("answers")));
    for (ThreadReference t : vm.allThreads()) {
      if (!t.name().equals("main"))
        continue;
      System.out.println(t.name() + " suspended " + t.isSuspended() + " count " + t.suspendCount());
      StackFrame last = t.frame(t.frameCount() - 1);
      System.out.println(last.location().method() + " of " + last.location().declaringType().name());
    }
    System.out.println(vm.allClasses().size() > 100);
    vm.resume();
    vm.dispose();
    try {
      vm.allThreads();
    } catch (VMDisconnectedException e) {
      System.out.println("disconnected");
    }
  }
}
