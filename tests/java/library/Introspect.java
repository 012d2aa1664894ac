// java.beans and JNDI-free parts of the desktop module: properties found by name patterns, indexed and bound ones, bean infos, event sets, change support with vetoes, editors, XMLEncoder and XMLDecoder round trips.
import java.beans.*;
import java.io.*;
import java.util.*;

public class Introspect {
  public interface Base {
    int getSize();
  }

  public static class Bean implements Base {
    private int size;
    private String[] names = {"a", "b"};
    private boolean on;
    private List<Object> list = new ArrayList<>();
    private Map<String, Integer> map = new LinkedHashMap<>();
    private Bean child;
    private final PropertyChangeSupport changes = new PropertyChangeSupport(this);
    private final VetoableChangeSupport vetoes = new VetoableChangeSupport(this);

    @Override
    public int getSize() {
      return size;
    }

    public void setSize(int s) throws PropertyVetoException {
      vetoes.fireVetoableChange("size", size, s);
      int old = size;
      size = s;
      changes.firePropertyChange("size", old, s);
    }

    public String[] getNames() {
      return names;
    }

    public void setNames(String[] n) {
      names = n;
    }

    public String getNames(int i) {
      return names[i];
    }

    public void setNames(int i, String n) {
      changes.fireIndexedPropertyChange("names", i, names[i], n);
      names[i] = n;
    }

    public boolean isOn() {
      return on;
    }

    public void setOn(boolean b) {
      changes.firePropertyChange("on", on, on = b);
    }

    public List<Object> getList() {
      return list;
    }

    public Map<String, Integer> getMap() {
      return map;
    }

    public void setList(List<Object> l) {
      list = l;
    }

    public void setMap(Map<String, Integer> m) {
      map = m;
    }

    public Bean getChild() {
      return child;
    }

    public void setChild(Bean c) {
      child = c;
    }

    public int getURL() {
      return 0;
    }

    public void addPropertyChangeListener(PropertyChangeListener l) {
      changes.addPropertyChangeListener(l);
    }

    public void removePropertyChangeListener(PropertyChangeListener l) {
      changes.removePropertyChangeListener(l);
    }

    public void addVetoableChangeListener(VetoableChangeListener l) {
      vetoes.addVetoableChangeListener(l);
    }

    public void removeVetoableChangeListener(VetoableChangeListener l) {
      vetoes.removeVetoableChangeListener(l);
    }
  }

  public static void main(String[] args) throws Exception {
    BeanInfo info = Introspector.getBeanInfo(Bean.class, Object.class);
    for (PropertyDescriptor p : info.getPropertyDescriptors())
      System.out.println(p.getName() + " " + p.getPropertyType() + " " + (p.getReadMethod() == null ? null : p.getReadMethod().getName()) + " " + (p.getWriteMethod() == null ? null : p.getWriteMethod().getName()) + " " + p.isBound() + " " + p.isConstrained()
          + (p instanceof IndexedPropertyDescriptor x ? " [" + x.getIndexedPropertyType() + "]" : ""));
    for (EventSetDescriptor e : info.getEventSetDescriptors()) System.out.println(e.getName() + " " + e.getListenerType().getSimpleName() + " " + e.getAddListenerMethod().getName() + " " + e.isUnicast());
    System.out.println(Arrays.stream(info.getMethodDescriptors()).map(FeatureDescriptor::getName).sorted().distinct().toList());
    System.out.println(Introspector.decapitalize("FooBar") + " " + Introspector.decapitalize("URL") + " " + Introspector.decapitalize(""));
    Bean b = new Bean();
    b.addPropertyChangeListener(e -> System.out.println("changed " + e.getPropertyName() + " " + e.getOldValue() + " " + e.getNewValue() + (e instanceof IndexedPropertyChangeEvent i ? " at " + i.getIndex() : "")));
    b.addVetoableChangeListener(e -> {
      if ((Integer) e.getNewValue() > 100) throw new PropertyVetoException("too large", e);
    });
    b.setSize(5);
    b.setSize(5);
    b.setNames(1, "c");
    b.setOn(true);
    try {
      b.setSize(101);
    } catch (PropertyVetoException e) {
      System.out.println(e.getMessage() + " " + e.getPropertyChangeEvent().getOldValue() + " " + b.getSize());
    }
    PropertyDescriptor size = new PropertyDescriptor("size", Bean.class);
    size.getWriteMethod().invoke(b, 7);
    System.out.println(size.getReadMethod().invoke(b) + " " + size.equals(new PropertyDescriptor("size", Bean.class)));
    try {
      new PropertyDescriptor("none", Bean.class);
    } catch (IntrospectionException e) {
      System.out.println(e.getMessage());
    }
    PropertyEditor ed = PropertyEditorManager.findEditor(int.class);
    ed.setAsText("12");
    System.out.println(ed.getValue() + " " + ed.getJavaInitializationString() + " " + PropertyEditorManager.findEditor(Thread.class));
    Bean child = new Bean();
    child.setSize(9);
    b.setChild(child);
    b.getList().addAll(List.of("x", 5, 2.5, child, new ArrayList<>(List.of(true))));
    b.getMap().put("k", 1);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (XMLEncoder x = new XMLEncoder(bytes)) {
      x.setExceptionListener(e -> System.out.println("encoder " + e));
      x.writeObject(b);
      x.writeObject(new int[] {1, 2});
      x.writeObject(Thread.State.BLOCKED);
    }
    String xml = bytes.toString();
    System.out.println(xml.lines().count() + " " + xml.contains("<void property=\"child\">") + " " + xml.contains("idref"));
    try (XMLDecoder x = new XMLDecoder(new ByteArrayInputStream(bytes.toByteArray()))) {
      Bean c = (Bean) x.readObject();
      System.out.println(c.getSize() + " " + Arrays.toString(c.getNames()) + " " + c.isOn() + " " + c.getMap() + " " + (c.getList().get(3) == c.getChild()) + " " + c.getChild().getSize() + " " + c.getList().get(4) + " " + c.getList().size());
      System.out.println(Arrays.toString((int[]) x.readObject()) + " " + x.readObject());
      x.readObject();
    } catch (ArrayIndexOutOfBoundsException e) {
      System.out.println("end");
    }
    Statement s = new Statement(b, "setSize", new Object[] {8});
    s.execute();
    Expression e = new Expression(b, "getSize", null);
    System.out.println(e.getValue() + " " + s.toString().endsWith(".setSize(8);"));
    Runnable r = EventHandler.create(Runnable.class, b, "on", "");
    System.out.println(r != null);
  }
}
