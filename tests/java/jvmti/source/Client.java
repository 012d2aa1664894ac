import com.sun.jdi.*;
import com.sun.jdi.connect.*;
import com.sun.jdi.event.*;
import com.sun.jdi.request.*;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.*;

/** A debugger that launches Target in the java of the home given, and says what it sees. */
public class Client {
  static VirtualMachine vm;
  static EventRequestManager requests;
  static ReferenceType target;

  static Location line(String mark, List<String> source) throws Exception {
    for (int i = 0; i < source.size(); i++)
      if (source.get(i).contains("// " + mark))
        return target.locationsOfLine(i + 1).get(0);
    throw new IllegalArgumentException(mark);
  }

  /** The next event of the kind; others are passed over and the vm resumed. */
  static <E extends Event> E next(Class<E> kind) throws Exception {
    while (true) {
      EventSet set = vm.eventQueue().remove(60000);
      if (set == null)
        throw new IllegalStateException("no event");
      for (Event e : set)
        if (kind.isInstance(e))
          return kind.cast(e);
      set.resume();
    }
  }

  static void frames(ThreadReference thread) throws Exception {
    for (StackFrame f : thread.frames())
      System.out.println("  at " + f.location().method() + ":" + f.location().lineNumber());
  }

  static void locals(StackFrame f) throws Exception {
    List<LocalVariable> variables = new ArrayList<>(f.visibleVariables());
    variables.sort(Comparator.comparing(LocalVariable::name));
    for (LocalVariable v : variables) {
      Value value = f.getValue(v);
      System.out.println("  " + v.typeName() + " " + v.name() + " = "
          + (value instanceof ObjectReference o && !(value instanceof StringReference)
              ? "a " + o.referenceType().name() : value));
    }
  }

  static void types() throws Exception {
    System.out.println(target.name() + " " + target.signature() + " " + target.sourceName() + " "
        + target.majorVersion() + " prepared " + target.isPrepared() + " initialized " + target.isInitialized());
    for (Field f : target.allFields())
      System.out.println("  field " + f + " " + f.typeName() + " " + Integer.toHexString(f.modifiers()));
    for (Method m : target.methods())
      System.out.println("  method " + m + " " + Integer.toHexString(m.modifiers()) + " " + m.bytecodes().length
          + " " + m.allLineLocations().size());
    System.out.println("  " + ((ClassType) target).superclass() + " " + target.classLoader().referenceType().name());
    ReferenceType list = vm.classesByName("java.util.ArrayList").get(0);
    System.out.println("  " + ((ClassType) list).interfaces() + " " + list.genericSignature());
  }

  static void first(BreakpointEvent b) throws Exception {
    System.out.println("breakpoint " + b.location());
    ThreadReference main = b.thread();
    System.out.println(main.name() + " " + main.threadGroup().name() + " " + main.isSuspended() + " "
        + main.isAtBreakpoint() + " " + main.status() + " frames " + main.frameCount());
    frames(main);
    locals(main.frame(0));
    System.out.println("count " + target.getValue(target.fieldByName("count")));
    ((ClassType) target).setValue(target.fieldByName("count"), vm.mirrorOf(2));
    types();
    List<String> names = new ArrayList<>();
    for (ThreadReference t : vm.allThreads())
      names.add(t.name() + "/" + t.threadGroup().name());
    names.retainAll(List.of("main/main", "Reference Handler/system", "Finalizer/system", "Signal Dispatcher/system"));
    Collections.sort(names);
    System.out.println(names);
    ThreadGroupReference system = vm.topLevelThreadGroups().get(0);
    System.out.println(system.name() + " of " + system.parent() + " has main "
        + system.threadGroups().stream().anyMatch(g -> g.name().equals("main")));
  }

  static void step(ThreadReference thread, int depth) throws Exception {
    StepRequest r = requests.createStepRequest(thread, StepRequest.STEP_LINE, depth);
    r.addClassFilter("Target");
    r.enable();
    vm.resume();
    StepEvent e = next(StepEvent.class);
    System.out.println("step to " + e.location());
    requests.deleteEventRequest(r);
  }

  static void greet(List<String> source) throws Exception {
    BreakpointRequest r = requests.createBreakpointRequest(line("greet's end", source));
    r.enable();
    vm.resume();
    BreakpointEvent b = next(BreakpointEvent.class);
    StackFrame f = b.thread().frame(0);
    System.out.println("breakpoint " + b.location());
    locals(f);
    ObjectReference self = f.thisObject();
    System.out.println("this " + self.referenceType().name() + " name " + self.getValue(target.fieldByName("name"))
        + " weight " + self.getValue(target.fieldByName("weight")));
    self.setValue(target.fieldByName("weight"), vm.mirrorOf(7.25));
    f.setValue(f.visibleVariableByName("who"), vm.mirrorOf("xx"));
    System.out.println(f.getValue(f.visibleVariableByName("who")));
    r.disable();
    Value v = self.invokeMethod(b.thread(), target.methodsByName("greet").get(0),
        List.of(vm.mirrorOf("z"), vm.mirrorOf(3)), ObjectReference.INVOKE_SINGLE_THREADED);
    System.out.println("invoked " + v);
    try {
      ((ClassType) target).invokeMethod(b.thread(), target.methodsByName("thrower").get(0), List.of(vm.mirrorOf(0)), 0);
    } catch (InvocationException e) {
      System.out.println("thrown " + e.exception().referenceType().name());
    }
    ClassType builder = (ClassType) vm.classesByName("java.lang.StringBuilder").get(0);
    ObjectReference made = builder.newInstance(b.thread(), builder.concreteMethodByName("<init>", "()V"), List.of(), 0);
    System.out.println("made " + made.referenceType().name());
    ArrayReference array = ((ArrayType) vm.classesByName("int[]").get(0)).newInstance(3);
    array.setValue(1, vm.mirrorOf(5));
    System.out.println(array.getValues());
    frames(b.thread());
    step(b.thread(), StepRequest.STEP_OUT);
    step(b.thread(), StepRequest.STEP_OVER);
    step(b.thread(), StepRequest.STEP_OVER);
    step(b.thread(), StepRequest.STEP_INTO);
    locals(b.thread().frame(0));
    step(b.thread(), StepRequest.STEP_OVER);
    locals(b.thread().frame(0));
  }

  static void exceptions(List<String> source) throws Exception {
    ExceptionRequest r = requests.createExceptionRequest(null, true, true);
    r.addClassFilter("Target");
    r.enable();
    MethodExitRequest x = requests.createMethodExitRequest();
    x.addClassFilter("Target");
    x.enable();
    MethodEntryRequest n = requests.createMethodEntryRequest();
    n.addClassFilter("Target");
    n.enable();
    vm.resume();
    while (true) {
      EventSet set = vm.eventQueue().remove(60000);
      boolean end = false;
      for (Event e : set) {
        if (e instanceof MethodEntryEvent m)
          System.out.println("entry " + m.method());
        else if (e instanceof MethodExitEvent m)
          System.out.println("exit " + m.method() + " " + m.returnValue());
        else if (e instanceof ExceptionEvent m) {
          System.out.println("exception " + m.exception().referenceType().name() + " at " + m.location() + " caught at "
              + m.catchLocation());
        } else
          System.out.println(e.getClass().getSimpleName());
        end |= e instanceof MethodExitEvent m && m.method().name().equals("caught");
      }
      if (end)
        break;
      set.resume();
    }
    for (EventRequest q : List.of(r, x, n))
      requests.deleteEventRequest(q);
  }

  static void monitors(List<String> source) throws Exception {
    BreakpointRequest r = requests.createBreakpointRequest(line("locked", source));
    r.enable();
    vm.resume();
    BreakpointEvent b = next(BreakpointEvent.class);
    ThreadReference t = b.thread();
    System.out.println("owned " + t.ownedMonitors().size() + " at depth " + t.ownedMonitorsAndFrames().get(0).stackDepth());
    ObjectReference lock = t.ownedMonitors().get(0);
    System.out.println(lock.owningThread().name() + " " + lock.entryCount() + " " + lock.waitingThreads());
  }

  static void threads(List<String> source) throws Exception {
    ThreadStartRequest s = requests.createThreadStartRequest();
    s.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
    s.enable();
    vm.resume();
    ThreadStartEvent started = next(ThreadStartEvent.class);
    ThreadReference spinner = started.thread();
    System.out.println("started " + spinner.name());
    requests.deleteEventRequest(s);
    spinner.resume();
    Field ticks = target.fieldByName("ticks");
    while (((LongValue) target.getValue(ticks)).value() == 0)
      Thread.sleep(20);
    spinner.suspend();
    Value before = target.getValue(ticks);
    Thread.sleep(100);
    System.out.println("still " + target.getValue(ticks).equals(before) + " suspended " + spinner.isSuspended()
        + " in " + spinner.frame(0).location().method());
    spinner.resume();
    while (target.getValue(ticks).equals(before))
      Thread.sleep(20);
    System.out.println("goes on");
    vm.suspend();
    before = target.getValue(ticks);
    Thread.sleep(100);
    System.out.println("still " + target.getValue(ticks).equals(before));
    for (ThreadReference t : vm.allThreads())
      if (t.name().equals("main"))
        System.out.println("main status " + t.status() + " in " + t.frame(0).location().method().name());
    ((ClassType) target).setValue(target.fieldByName("stop"), vm.mirrorOf(true));
    vm.resume();
  }

  static LaunchingConnector launcher() {
    return Bootstrap.virtualMachineManager().defaultConnector();
  }

  public static void main(String[] arguments) throws Exception {
    List<String> source = java.nio.file.Files.readAllLines(java.nio.file.Path.of(arguments[1]));
    Map<String, Connector.Argument> a = launcher().defaultArguments();
    a.get("home").setValue(arguments[0]);
    a.get("main").setValue("Target");
    a.get("options").setValue("-cp " + System.getProperty("java.class.path"));
    vm = launcher().launch(a);
    requests = vm.eventRequestManager();
    System.out.println(next(VMStartEvent.class).thread().name());
    ClassPrepareRequest p = requests.createClassPrepareRequest();
    p.addClassFilter("Target");
    p.enable();
    vm.resume();
    ClassPrepareEvent prepared = next(ClassPrepareEvent.class);
    target = prepared.referenceType();
    System.out.println("prepared " + target.name() + " " + target.isInitialized());
    requests.createBreakpointRequest(line("first", source)).enable();
    vm.resume();
    first(next(BreakpointEvent.class));
    greet(source);
    exceptions(source);
    monitors(source);
    threads(source);
    ExceptionRequest uncaught = requests.createExceptionRequest(null, false, true);
    uncaught.enable();
    vm.resume();
    ExceptionEvent e = next(ExceptionEvent.class);
    System.out.println("uncaught " + e.exception().referenceType().name() + " " + e.catchLocation());
    requests.deleteEventRequest(uncaught);
    vm.resume();
    next(VMDeathEvent.class);
    System.out.println("death");
    vm.resume();
    for (var in : List.of(vm.process().getInputStream(), vm.process().getErrorStream()))
      new BufferedReader(new InputStreamReader(in)).lines().forEach(l -> System.out.println("| " + l));
    System.out.println("status " + vm.process().waitFor());
  }
}
