// A handle of a caller-sensitive method stands for a call by the class whose lookup made it, whoever
// invokes the handle, and through whatever glue.
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Arrays;

public class CallerHandles {
  private static int secret = 41;

  static String name(Object c) {
    return ((Class<?>) c).getName();
  }

  public static void main(String[] args) throws Throwable {
    String own = "CallerHandles";
    MethodHandle forName =
        MethodHandles.lookup().findStatic(Class.class, "forName", MethodType.methodType(Class.class, String.class));
    System.out.println(name((Class<?>) forName.invokeExact(own)));
    System.out.println(name(forName.invoke(own)));
    System.out.println(name(forName.bindTo(own).invoke()));
    System.out.println(name(forName.invokeWithArguments(own)));
    System.out.println(name(forName.invokeWithArguments(Arrays.asList(own))));
    System.out.println(name(forName.asSpreader(Object[].class, 1).invoke(new Object[] {own})));

    Method method = Class.class.getMethod("forName", String.class);
    System.out.println(name(method.invoke(null, own)));
    MethodHandle invoke = MethodHandles.lookup().bind(method, "invoke",
        MethodType.methodType(Object.class, Object.class, Object[].class));
    System.out.println(name(invoke.invoke(null, new Object[] {own})));
    System.out.println(name(invoke.invokeWithArguments(null, own)));

    Field field = CallerHandles.class.getDeclaredField("secret");
    MethodHandle getInt = MethodHandles.lookup().findVirtual(Field.class, "getInt",
        MethodType.methodType(int.class, Object.class));
    try {
      System.out.println(getInt.invokeWithArguments(field, null));
    } catch (IllegalAccessException e) { // the caller is a class injected beside ours
      System.out.println(e.getMessage().replaceAll("/0x\\w+", "/..."));
    }
    try {
      MethodHandles.publicLookup().findStatic(Class.class, "forName", MethodType.methodType(Class.class, String.class));
    } catch (IllegalAccessException e) {
      System.out.println(e.getMessage());
    }
  }
}
