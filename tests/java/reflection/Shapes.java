// What Class tells: records and their components, sealed hierarchies, nests, enclosing methods and classes, hidden and synthetic classes, modifiers, names of every sort, arrays, parameters,
// annotated and generic types printed, constant-dynamic and casts.
import java.io.Serializable;
import java.lang.annotation.*;
import java.lang.constant.*;
import java.lang.invoke.*;
import java.lang.reflect.*;
import java.util.*;
import java.util.function.*;

public class Shapes {
  @Retention(RetentionPolicy.RUNTIME)
  @Target({ElementType.TYPE_USE, ElementType.RECORD_COMPONENT, ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER})
  @interface Mark {
    String value() default "";
  }

  record Point(@Mark("x") int x, List<? super Integer> y) implements Comparable<Point> {
    static int made;

    Point {
      made++;
    }

    @Override
    public int compareTo(Point o) {
      return x - o.x;
    }
  }

  record Empty() {}

  record Generic<T extends Number & Comparable<T>>(T first, T... rest) {}

  sealed interface Shape permits Circle, Square, Other {}

  static final class Circle implements Shape {}

  static non-sealed class Square implements Shape {}

  enum Other implements Shape {
    ONE, TWO {
      @Override
      public String toString() {
        return "two";
      }
    }
  }

  class Inner<A> {
    class Deeper<B> {
      Map<A, ? extends B[]> field;
    }
  }

  strictfp abstract static class Modified {
    protected transient volatile int v;
    private static final long L = 1;

    abstract <E extends Exception & Serializable> void m(final int a, List<? extends E>... b) throws E, java.io.IOException;

    synchronized final native double n(double[][] d);
  }

  static void names(Class<?> c) {
    System.out.println(c.getName() + " | " + c.getSimpleName() + " | " + c.getTypeName() + " | " + c.getCanonicalName() + " | " + c.getPackageName() + " | " + c.descriptorString() + " | " + Modifier.toString(c.getModifiers()) + " | "
        + c.isAnonymousClass() + c.isLocalClass() + c.isMemberClass() + c.isSynthetic() + c.isHidden() + " | " + c.getEnclosingClass() + " | " + c.getEnclosingMethod() + " | " + c.getDeclaringClass() + " | " + c.getNestHost().getName());
  }

  static <T> Object local(T t) {
    class Local {
      T t;
    }
    return new Local();
  }

  @Mark Map<@Mark("k") String, @Mark("v") int @Mark("a") [] @Mark("b") []> annotated;

  public static void main(String[] args) throws Exception {
    for (RecordComponent r : Point.class.getRecordComponents())
      System.out.println(r + " | " + r.getGenericType() + " | " + r.getAccessor() + " | " + r.getAccessor().invoke(new Point(3, List.of())) + " | " + Arrays.toString(r.getAnnotations()) + " | " + r.getGenericSignature());
    System.out.println(Arrays.toString(Point.class.getDeclaredConstructors()) + " " + Point.class.isRecord() + " " + Empty.class.getRecordComponents().length + " " + String.class.getRecordComponents() + " " + Record.class.isRecord());
    System.out.println(Arrays.toString(Generic.class.getDeclaredConstructors()[0].getParameters()) + " " + Generic.class.getDeclaredConstructors()[0].toGenericString() + " " + Generic.class.toGenericString());
    for (Class<?> c : new Class<?>[] {Shape.class, Circle.class, Square.class, Other.class})
      System.out.println(c.toGenericString() + " " + c.isSealed() + " " + (c.getPermittedSubclasses() == null ? null : Arrays.stream(c.getPermittedSubclasses()).map(Class::getSimpleName).toList()));
    System.out.println(Other.TWO.getClass() + " " + Other.TWO.getDeclaringClass() + " " + Other.TWO.getClass().isEnum() + " " + Other.class.isEnum() + " " + Other.TWO.getClass().getEnumConstants() + " " + Arrays.toString(Other.class.getEnumConstants()) + " "
        + Other.class.getField("ONE").isEnumConstant());
    Runnable lambda = () -> {};
    Object anonymous = new Object() {};
    names(Shapes.class);
    names(Point.class);
    names(Inner.Deeper.class);
    names(anonymous.getClass());
    names(local(1).getClass());
    names(int[][].class);
    names(Inner[].class);
    names(void.class);
    names(Mark.class);
    Class<?> l = lambda.getClass();
    System.out.println(l.isHidden() + " " + l.isSynthetic() + " " + l.getSimpleName().startsWith("Shapes$$Lambda$") + " " + (l.getNestHost() == Shapes.class) + " " + l.getCanonicalName() + " " + l.isArray() + " " + l.descriptorString().startsWith("LShapes$$Lambda$")
        + " " + l.describeConstable() + " " + l.arrayType().getCanonicalName() + " " + (l.getDeclaredConstructors().length));
    System.out.println(Arrays.stream(Shapes.class.getNestMembers()).map(Class::getSimpleName).sorted().toList() + " " + Point.class.isNestmateOf(Inner.class) + " " + String.class.isNestmateOf(int.class) + " " + int.class.getNestHost());
    System.out.println(Arrays.stream(Shapes.class.getDeclaredClasses()).map(Class::getSimpleName).sorted().toList());
    System.out.println(Arrays.stream(Modified.class.getDeclaredMethods()).map(Method::toGenericString).sorted().toList());
    for (Field f : Modified.class.getDeclaredFields()) System.out.println(f + " " + f.isSynthetic());
    System.out.println(Inner.Deeper.class.getDeclaredField("field").getGenericType() + " " + Inner.Deeper.class.getDeclaredField("field").toGenericString() + " " + Arrays.toString(Inner.Deeper.class.getDeclaredConstructors()));
    AnnotatedType at = Shapes.class.getDeclaredField("annotated").getAnnotatedType();
    System.out.println(at + " " + ((AnnotatedParameterizedType) at).getAnnotatedActualTypeArguments()[1]);
    System.out.println(List.class.getMethod("toArray", Object[].class).toGenericString() + " " + Map.Entry.class.getMethod("comparingByKey").toGenericString());
    System.out.println(Integer.class.cast(5) + " " + int.class.isInstance(5) + " " + Number.class.asSubclass(Serializable.class) + " " + Object[].class.isAssignableFrom(String[][].class) + " " + int[].class.isAssignableFrom(byte[].class) + " " + Cloneable.class.isAssignableFrom(int[].class)
        + " " + int[].class.getSuperclass() + " " + Arrays.toString(int[].class.getInterfaces()) + " " + Runnable.class.getSuperclass() + " " + void.class.getSuperclass());
    for (ThrowingRun r : new ThrowingRun[] {() -> Integer.class.cast("x"), () -> Number.class.asSubclass(String.class), () -> Class.forName("[LNone;"), () -> Class.forName("int"), () -> Class.forName("Shapes.Point"), () -> Class.forName("[[I").getMethod("length"), () -> void.class.arrayType()}) {
      try {
        System.out.println(r.run());
      } catch (Exception e) {
        System.out.println(e.getClass().getSimpleName() + " " + e.getMessage());
      }
    }
    System.out.println(Shapes.class.describeConstable() + " " + ClassDesc.of("a.B").nested("C").arrayType().displayName() + " " + MethodTypeDesc.ofDescriptor("(ILjava/lang/String;)[J").displayDescriptor() + " " + MethodType.methodType(int[].class, Shapes.class).describeConstable().get().descriptorString());
    Class<?> hidden = MethodHandles.lookup().defineHiddenClass(Shapes.class.getResourceAsStream("Shapes$Inner.class").readAllBytes(), false).lookupClass();
    System.out.println(hidden.isHidden() + " " + hidden.getName().startsWith("Shapes$Inner/0x") + " " + hidden.getNestHost().equals(hidden) + " " + hidden.isRecord());
    try {
      MethodHandles.lookup().defineHiddenClass(Shapes.class.getResourceAsStream("Shapes$Circle.class").readAllBytes(), false);
    } catch (IncompatibleClassChangeError e) { // its name is not the permitted one any more
      System.out.println(e.getMessage().replaceAll("[+/]0x[0-9a-f]+", ""));
    }
    System.out.println(Function.class.getTypeParameters()[1].getGenericDeclaration() + " " + Arrays.toString(Enum.class.getTypeParameters()[0].getBounds()) + " " + Arrays.toString(Generic.class.getTypeParameters()[0].getBounds()));
  }

  interface ThrowingRun {
    Object run() throws Exception;
  }
}
