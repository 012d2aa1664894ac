// Annotations: values of every kind, defaults, inheritance, repetition, type use, parameters, equality.
import java.lang.annotation.*;
import java.lang.reflect.*;
import java.util.*;

public class Annotations {
  enum Level { LOW, HIGH }

  @Retention(RetentionPolicy.RUNTIME)
  @interface All {
    boolean z() default true;
    byte b() default -1;
    char c() default 'x';
    short s() default 2;
    int i() default 3;
    long l() default 4L;
    float f() default 5f;
    double d() default Double.NaN;
    String t() default "text";
    Class<?> k() default int[].class;
    Level e() default Level.HIGH;
    Tag n() default @Tag("nested");
    int[] is() default {1, 2};
    String[] ts() default {};
    Class<?>[] ks() default {String.class, void.class};
    Tag[] ns() default {@Tag("a"), @Tag("b")};
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Inherited
  @Repeatable(Tags.class)
  @interface Tag {
    String value();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Inherited
  @interface Tags {
    Tag[] value();
  }

  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE_USE, ElementType.TYPE_PARAMETER})
  @interface Use {
    int value() default 0;
  }

  @Retention(RetentionPolicy.CLASS)
  @interface NotKept {}

  @Tag("on base")
  @NotKept
  static class Base<@Use(9) T> {}

  @All(i = 33, is = {}, e = Level.LOW, t = "caf\u00e9 \"q\"", ns = @Tag("one"))
  static class Derived extends Base<@Use(1) String> implements @Use(2) Runnable {
    @Tag("first") @Tag("second") @Deprecated
    int field;

    @Use(3) List<@Use(4) String @Use(5) []> typed;

    public void run() {}

    void params(@Tag("p0") int a, String b, @All @Tag("p2") final long... c) throws @Use(6) Exception {}
  }

  static <A extends Annotation> String value(AnnotatedElement e, Class<A> a) {
    return String.valueOf(e.getAnnotation(a)) + " " + Arrays.toString(e.getAnnotationsByType(a));
  }

  public static void main(String[] args) throws Exception {
    All all = Derived.class.getAnnotation(All.class);
    System.out.println(all.z() + " " + all.b() + " " + all.c() + " " + all.s() + " " + all.i() + " " + all.l() + " "
        + all.f() + " " + all.d() + " "
        + all.t().length() + " " + all.k() + " " + all.e() + " " + all.n() + " " + all.is().length + " "
        + all.ts().length + " " + Arrays.toString(all.ks())
        + " " + Arrays.toString(all.ns()));
    System.out.println(value(Derived.class, Tag.class) + " " + Derived.class.getAnnotations().length + " "
        + Derived.class.getDeclaredAnnotations().length
        + " " + Base.class.isAnnotationPresent(NotKept.class));
    Field f = Derived.class.getDeclaredField("field");
    System.out.println(value(f, Tag.class) + " " + value(f, Tags.class) + " " + f.isAnnotationPresent(Deprecated.class)
        + " " + f.getAnnotation(Deprecated.class).forRemoval());
    Method m = Derived.class.getDeclaredMethod("params", int.class, String.class, long[].class);
    for (Annotation[] as : m.getParameterAnnotations()) {
      System.out.print(as.length + ":");
      for (Annotation a : as) System.out.print(" " + a.annotationType().getSimpleName());
      System.out.print("; ");
    }
    for (Parameter p : m.getParameters()) System.out.print(p + " " + p.isNamePresent() + " " + p.isVarArgs() + "; ");
    System.out.println();
    Tag one = f.getAnnotationsByType(Tag.class)[0], same = Base.class.getAnnotation(Tag.class);
    System.out.println(one.equals(same) + " " + one.equals(f.getAnnotationsByType(Tag.class)[0]) + " " + one.hashCode()
        + " "
        + (one.hashCode() == (127 * "value".hashCode() ^ "first".hashCode())) + " " + one.annotationType() + " "
        + Proxy.isProxyClass(one.getClass()));
    System.out.println(all.equals(Derived.class.getAnnotation(All.class)) + " " + (all.is() != all.is()) + " "
        + All.class.getMethod("i").getDefaultValue() + " " + Tag.class.getMethod("value").getDefaultValue());
    AnnotatedType sup = Derived.class.getAnnotatedSuperclass();
    System.out.println(((AnnotatedParameterizedType) sup).getAnnotatedActualTypeArguments()[0].getAnnotation(Use.class)
        + " "
        + Derived.class.getAnnotatedInterfaces()[0].getAnnotation(Use.class).value() + " "
        + Base.class.getTypeParameters()[0].getAnnotation(Use.class).value() + " "
        + m.getAnnotatedExceptionTypes()[0].getAnnotation(Use.class).value());
    AnnotatedParameterizedType typed = (AnnotatedParameterizedType) Derived.class.getDeclaredField("typed")
        .getAnnotatedType();
    AnnotatedArrayType inner = (AnnotatedArrayType) typed.getAnnotatedActualTypeArguments()[0];
    System.out.println(typed.getAnnotation(Use.class).value() + " " + inner.getAnnotation(Use.class).value() + " "
        + inner.getAnnotatedGenericComponentType().getAnnotation(Use.class).value());
  }
}
