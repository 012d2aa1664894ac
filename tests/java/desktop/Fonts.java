// vmopts: -Djava.awt.headless=true
// Fonts and text in headless AWT, as far as it is the same with any installed fonts; printing attributes, clipboard-free data flavours, beans, undo, table and document models of Swing.
import java.awt.*;
import java.awt.event.*;
import java.awt.font.*;
import java.awt.image.*;
import java.beans.*;
import java.text.*;
import javax.swing.event.*;
import javax.swing.table.*;
import javax.swing.text.*;
import javax.swing.tree.*;
import javax.swing.undo.*;

public class Fonts {
  public static class Bean {
    private final PropertyChangeSupport s = new PropertyChangeSupport(this);
    private int size = 1;

    public int getSize() {
      return size;
    }

    public void setSize(int n) {
      int old = size;
      s.firePropertyChange("size", old, size = n);
    }

    public boolean isReady() {
      return true;
    }

    public void addPropertyChangeListener(PropertyChangeListener l) {
      s.addPropertyChangeListener(l);
    }

    public void removePropertyChangeListener(PropertyChangeListener l) {
      s.removePropertyChangeListener(l);
    }
  }

  public static void main(String[] args) throws Exception {
    Font f = new Font(Font.SANS_SERIF, Font.BOLD, 20);
    System.out.println(f.getName() + " " + f.getStyle() + " " + f.getSize2D() + " " + f.deriveFont(30f).getSize() + " " + f.isBold() + " " + f.equals(new Font(Font.SANS_SERIF, Font.BOLD, 20)));
    BufferedImage i = new BufferedImage(200, 40, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D g = i.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(f);
    FontMetrics m = g.getFontMetrics();
    System.out.println((m.stringWidth("wwww") > m.stringWidth("ww")) + " " + (m.getHeight() > 10) + " " + (m.getAscent() > m.getDescent()) + " " + (m.stringWidth("") == 0));
    g.drawString("Text", 5, 30);
    int ink = 0;
    for (int x = 0; x < 200; x++) for (int y = 0; y < 40; y++) if (i.getRaster().getSample(x, y, 0) > 100) ink++;
    System.out.println(ink > 50);
    TextLayout l = new TextLayout("layout", f, g.getFontRenderContext());
    GlyphVector v = f.createGlyphVector(g.getFontRenderContext(), "abc");
    System.out.println((l.getAdvance() > 10) + " " + l.getCharacterCount() + " " + v.getNumGlyphs() + " " + !v.getOutline().getBounds().isEmpty() + " " + f.canDisplay('A') + " " + (GraphicsEnvironment.getLocalGraphicsEnvironment()
        .getAvailableFontFamilyNames().length >= 5));
    AttributedString as = new AttributedString("attributed text to be broken into lines of some width");
    as.addAttribute(TextAttribute.FONT, f);
    LineBreakMeasurer lb = new LineBreakMeasurer(as.getIterator(), g.getFontRenderContext());
    int lines = 0;
    while (lb.getPosition() < as.getIterator().getEndIndex()) {
      lb.nextLayout(150);
      lines++;
    }
    System.out.println(lines > 2);
    Bean b = new Bean();
    b.addPropertyChangeListener(e -> System.out.println(e.getPropertyName() + " " + e.getOldValue() + " -> " + e.getNewValue()));
    for (PropertyDescriptor d : Introspector.getBeanInfo(Bean.class, Object.class).getPropertyDescriptors()) {
      System.out.println(d.getName() + " " + d.getPropertyType() + " " + (d.getWriteMethod() != null));
      if (d.getWriteMethod() != null) d.getWriteMethod().invoke(b, 9);
    }
    PlainDocument doc = new PlainDocument();
    doc.addDocumentListener(new DocumentListener() {
      @Override
      public void insertUpdate(DocumentEvent e) {
        System.out.print("insert " + e.getOffset() + "+" + e.getLength() + " ");
      }

      @Override
      public void removeUpdate(DocumentEvent e) {
        System.out.print("remove " + e.getOffset() + " ");
      }

      @Override
      public void changedUpdate(DocumentEvent e) {}
    });
    UndoManager u = new UndoManager();
    doc.addUndoableEditListener(u);
    doc.insertString(0, "hello world", null);
    doc.remove(0, 6);
    u.undo();
    System.out.println(doc.getText(0, doc.getLength()) + " " + u.canRedo());
    DefaultTableModel t = new DefaultTableModel(new Object[] {"a", "b"}, 0);
    t.addTableModelListener(e -> System.out.print(e.getType() + "@" + e.getFirstRow() + " "));
    t.addRow(new Object[] {1, 2});
    t.setValueAt("x", 0, 1);
    t.removeRow(0);
    DefaultMutableTreeNode root = new DefaultMutableTreeNode("root");
    root.add(new DefaultMutableTreeNode("leaf"));
    System.out.println(t.getColumnName(1) + " " + new DefaultTreeModel(root).getChildCount(root) + " " + root.getLastLeaf());
    KeyEvent k = new KeyEvent(new Component() {}, KeyEvent.KEY_PRESSED, 0, InputEvent.CTRL_DOWN_MASK, KeyEvent.VK_A, 'a');
    System.out.println(InputEvent.getModifiersExText(k.getModifiersEx()) + " " + KeyEvent.getKeyText(k.getKeyCode()) + " " + new java.awt.datatransfer.DataFlavor("text/plain; charset=utf-8").getPrimaryType());
  }
}
