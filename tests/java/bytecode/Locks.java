// Structured locking: a method exits only monitors it entered and leaves none entered, whatever way it goes.
public class Locks {
  static final String OBJ = "(Ljava/lang/Object;)V", OBJ2 = "(Ljava/lang/Object;Ljava/lang/Object;)V";
  static Asm a = new Asm("LocksGen");

  public static Object[] locks = {new Object(), new Object()};

  static String held(Object... more) {
    StringBuilder sb = new StringBuilder(" held");
    for (Object o : locks) sb.append(Thread.holdsLock(o) ? " yes" : " no");
    for (Object o : more) sb.append(Thread.holdsLock(o) ? " yes" : " no");
    return sb.toString();
  }

  static void show(String name, Class<?> c, Object... args) throws Throwable {
    String what;
    try {
      what = String.valueOf(Asm.call(c, name, args));
    } catch (Throwable t) {
      what = t.toString();
    }
    System.out.println(name + ": " + what + held(c));
  }

  public static void main(String[] args) throws Throwable {
    int sync = Asm.PUBLIC | Asm.STATIC | 0x20;
    a.constructor(Asm.OBJECT);
    a.method("enter", OBJ, 2, 1).op(Op.ALOAD_0, Op.MONITORENTER, Op.RETURN);
    a.method("exit", OBJ, 2, 1).op(Op.ALOAD_0, Op.MONITOREXIT, Op.RETURN);
    a.method("twice", OBJ, 2, 1).op(Op.ALOAD_0, Op.MONITORENTER, Op.ALOAD_0, Op.MONITORENTER, Op.ALOAD_0, Op.MONITOREXIT,
        Op.RETURN);
    a.method("crossed", OBJ2, 2, 2).op(Op.ALOAD_0, Op.MONITORENTER, Op.ALOAD_1, Op.MONITORENTER, Op.ALOAD_0,
        Op.MONITOREXIT, Op.ALOAD_1, Op.MONITOREXIT, Op.RETURN);
    a.method("other", OBJ2, 2, 2).op(Op.ALOAD_0, Op.MONITORENTER, Op.ALOAD_1, Op.MONITOREXIT, Op.RETURN);
    a.method("thrown", OBJ, 2, 1).op(Op.ALOAD_0, Op.MONITORENTER, Op.ACONST_NULL, Op.ATHROW);
    a.method("divided", "(Ljava/lang/Object;I)I", 3, 2).op(Op.ALOAD_0, Op.MONITORENTER, Op.ICONST_1, Op.ILOAD_1, Op.IDIV,
        Op.ALOAD_0, Op.MONITOREXIT, Op.IRETURN);
    a.method("loop", "(Ljava/lang/Object;I)I", 3, 2).label("top").op(Op.ALOAD_0, Op.MONITORENTER, Op.IINC, 1, 0xff,
        Op.ILOAD_1).jump(Op.IFGT, "top").op(Op.ICONST_0, Op.IRETURN);
    a.method("loops", "(Ljava/lang/Object;I)I", 3, 3).op(Op.ILOAD_1, Op.ISTORE_2).label("top").op(Op.ALOAD_0,
        Op.MONITORENTER, Op.IINC, 1, 0xff, Op.ILOAD_1).jump(Op.IFGT, "top")
        .label("down").op(Op.ALOAD_0, Op.MONITOREXIT, Op.IINC, 2, 0xff, Op.ILOAD_2).jump(Op.IFGT, "down")
        .op(Op.BIPUSH, 7, Op.IRETURN);
    // The error of the return is thrown inside the method: a handler of its own catches it, and it returns again.
    a.method("caught", OBJ, 2, 1).label("a").op(Op.ALOAD_0, Op.MONITORENTER, Op.RETURN).label("b").label("h")
        .op(Op.POP, Op.RETURN).handler("a", "b", "h", "java/lang/IllegalMonitorStateException");
    a.method("settled", "(Ljava/lang/Object;)I", 2, 1).label("a").op(Op.ALOAD_0, Op.MONITORENTER, Op.ICONST_1, Op.IRETURN)
        .label("b").label("h").op(Op.POP, Op.ALOAD_0, Op.MONITOREXIT, Op.ICONST_2, Op.IRETURN)
        .handler("a", "b", "h", "java/lang/IllegalMonitorStateException");
    // Synchronized methods: their own lock may be exited by hand, once.
    a.method(sync, "own", "(Ljava/lang/Object;)V", 2, 1).op(Op.ALOAD_0, Op.MONITOREXIT, Op.RETURN);
    a.method(sync, "ownAgain", "(Ljava/lang/Object;)V", 2, 1).op(Op.ALOAD_0, Op.MONITOREXIT, Op.ALOAD_0, Op.MONITORENTER,
        Op.RETURN);
    a.method(sync, "ownMore", "(Ljava/lang/Object;)V", 2, 1).op(Op.ALOAD_0, Op.MONITORENTER, Op.RETURN);
    a.method(sync, "ownThrown", "(Ljava/lang/Object;)V", 2, 1).op(Op.ALOAD_0, Op.MONITORENTER, Op.ACONST_NULL, Op.ATHROW);
    a.method("fresh", "()I", 3, 1).op2(Op.NEW, a.cls("java/lang/Object")).op(Op.DUP)
        .op2(Op.INVOKESPECIAL, a.method("java/lang/Object", "<init>", "()V"))
        .op(Op.DUP, Op.MONITORENTER, Op.MONITOREXIT, Op.ICONST_3, Op.IRETURN);
    Class<?> c = a.load();
    Object x = locks[0], y = locks[1];
    show("enter", c, x);
    show("exit", c, x);
    synchronized (x) {
      show("exit", c, x); // entered by this method, not by that one
    }
    show("twice", c, x);
    show("crossed", c, x, y);
    synchronized (y) {
      show("other", c, x, y);
    }
    show("other", c, x, y);
    show("thrown", c, x);
    show("divided", c, x, 0);
    show("divided", c, x, 1);
    show("loop", c, x, 5);
    show("loops", c, x, 300);
    show("caught", c, x);
    show("settled", c, x);
    show("own", c, c);
    show("ownAgain", c, c);
    show("ownMore", c, c);
    show("ownMore", c, x);
    show("ownThrown", c, c);
    show("fresh", c);
    show("enter", c, (Object) null);
    show("exit", c, (Object) null);
    Thread t = new Thread(() -> {
      synchronized (x) {
        synchronized (y) {
          System.out.println("free");
        }
      }
    });
    t.start();
    t.join();
  }
}
