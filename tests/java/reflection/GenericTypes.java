// Generic signatures: type variables, bounds, wildcards, parameterised and array types, inner
// owners, bridges, defaults.
import java.lang.reflect.*;
import java.util.*;
import java.util.function.Function;

public class GenericTypes<T extends Number & Comparable<T>, U> extends AbstractMap<String, List<? super T>>
    implements Function<U[], Map.Entry<T, ?>> {
  class Inner<V> {
    Map<T, Map<U, V>> both;
  }

  static class Holder {
    GenericTypes<Integer, String>.Inner<Long> owned;
    List<? extends Number>[] array;
    Map<?, ? super Integer[]> wild;
    int[] plain;
    Class<?>[][] classes;
  }

  public Map.Entry<T, ?> apply(U[] u) {
    return null;
  }

  @Override
  public Set<Map.Entry<String, List<? super T>>> entrySet() {
    return Set.of();
  }

  public <X extends Exception, Y extends List<? super X>> Y throwing(X x, List<Y>[] ys, T... ts) throws X,
      java.io.IOException {
    return null;
  }

  <Z> GenericTypes(Z z, Map<Z, T> m) {}

  static void type(String indent, Type t) {
    if (t instanceof Class<?> c) {
      System.out.println(indent + "class " + c.getName());
    } else if (t instanceof ParameterizedType p) {
      System.out.println(indent + "parameterized " + p.getRawType() + " owner " + p.getOwnerType());
      for (Type a : p.getActualTypeArguments()) type(indent + "  ", a);
    } else if (t instanceof GenericArrayType g) {
      System.out.println(indent + "array of");
      type(indent + "  ", g.getGenericComponentType());
    } else if (t instanceof WildcardType w) {
      System.out.println(indent + "wildcard " + Arrays.toString(w.getUpperBounds()) + " "
          + Arrays.toString(w.getLowerBounds()));
    } else if (t instanceof TypeVariable<?> v) {
      System.out.println(indent + "variable " + v + " of " + v.getGenericDeclaration() + " "
          + Arrays.toString(v.getBounds()));
    }
  }

  public static void main(String[] args) throws Exception {
    for (TypeVariable<?> v : GenericTypes.class.getTypeParameters()) type("", v);
    type("super ", GenericTypes.class.getGenericSuperclass());
    for (Type t : GenericTypes.class.getGenericInterfaces()) type("implements ", t);
    for (Field f : Holder.class.getDeclaredFields()) {
      System.out.println(f.getName() + ": " + f.getGenericType().getTypeName());
      type("  ", f.getGenericType());
    }
    type("both ", GenericTypes.Inner.class.getDeclaredField("both").getGenericType());
    for (Method m : GenericTypes.class.getDeclaredMethods()) {
      if (!m.getName().equals("throwing")) continue;
      System.out.println(m.toGenericString() + " | " + m);
      for (Type t : m.getGenericParameterTypes()) type("  parameter ", t);
      for (Type t : m.getGenericExceptionTypes()) type("  throws ", t);
      type("  returns ", m.getGenericReturnType());
    }
    Constructor<?> c = GenericTypes.class.getDeclaredConstructors()[0];
    System.out.println(c.toGenericString() + " " + c.getTypeParameters().length);
    Method[] applies = Arrays.stream(GenericTypes.class.getDeclaredMethods()).filter(m -> m.getName().equals("apply"))
        .toArray(Method[]::new);
    Arrays.sort(applies, Comparator.comparing(Method::isBridge));
    for (Method m : applies) System.out.println(m + " " + m.isBridge());
    Type a = Holder.class.getDeclaredField("wild").getGenericType(), b = Holder.class.getDeclaredField("wild")
        .getGenericType();
    System.out.println(a.equals(b) + " " + (a.hashCode() == b.hashCode()) + " "
        + a.equals(Holder.class.getDeclaredField("owned").getGenericType()));
    System.out.println(Map.class.getMethod("getOrDefault", Object.class, Object.class).isDefault() + " "
        + List.class.getMethod("of").toGenericString() + " "
        + Collections.class.getMethod("max", Collection.class).toGenericString() + " " + Enum.class.toGenericString()
        + " " + Comparable.class.toGenericString());
    System.out.println(GenericTypes.class.toGenericString() + " " + int[].class.toGenericString() + " "
        + Map.Entry.class.toGenericString());
  }
}
