// modes: default, baseline
// vmopts: -Djava.awt.headless=true
// Two-dimensional geometry without a screen: transforms, paths and areas, strokes, clips, blending pixel by pixel, image operations and types, and every image format written and read back.
import java.awt.*;
import java.awt.geom.*;
import java.awt.image.*;
import java.io.*;
import java.util.*;
import javax.imageio.*;
import javax.imageio.stream.*;

public class Geometry {
  static String path(Shape s, AffineTransform t) {
    StringBuilder sb = new StringBuilder();
    double[] c = new double[6];
    int n = 0;
    for (PathIterator i = s.getPathIterator(t); !i.isDone() && n < 12; i.next(), n++) {
      int k = i.currentSegment(c);
      sb.append("MLQCZ".charAt(k));
      for (int j = 0; j < new int[] {2, 2, 4, 6, 0}[k]; j++) sb.append(Math.round(c[j] * 100) / 100.0).append(j % 2 == 0 ? "," : " ");
    }
    return sb.toString().trim();
  }

  static int sum(BufferedImage i) {
    int h = 0;
    for (int y = 0; y < i.getHeight(); y++) for (int x = 0; x < i.getWidth(); x++) h = 31 * h + i.getRGB(x, y);
    return h;
  }

  static BufferedImage draw(int type, boolean smooth) {
    BufferedImage i = new BufferedImage(40, 30, type);
    Graphics2D g = i.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 40, 30);
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, smooth ? RenderingHints.VALUE_ANTIALIAS_ON : RenderingHints.VALUE_ANTIALIAS_OFF);
    g.setColor(Color.RED);
    g.fill(new Rectangle(5, 5, 20, 10));
    g.setColor(new Color(0, 0, 255, 128));
    g.fillOval(10, 8, 20, 15);
    g.setStroke(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_BEVEL, 1, new float[] {4, 3}, 0));
    g.setColor(Color.BLACK);
    g.drawLine(0, 29, 39, 0);
    g.setClip(30, 0, 10, 30);
    g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.5f));
    g.setPaint(new Color(0, 200, 0));
    g.fillRect(0, 10, 40, 5);
    g.dispose();
    return i;
  }

  public static void main(String[] args) throws Exception {
    AffineTransform t = AffineTransform.getTranslateInstance(10, 20);
    t.scale(2, 3);
    t.rotate(Math.PI / 2);
    System.out.println(t.transform(new Point2D.Double(1, 1), null) + " " + t.getType() + " " + t.getDeterminant() + " " + t.createInverse().transform(new Point(10, 20), null) + " " + AffineTransform.getQuadrantRotateInstance(1).isIdentity());
    try {
      AffineTransform.getScaleInstance(0, 1).createInverse();
    } catch (NoninvertibleTransformException e) {
      System.out.println(e.getMessage());
    }
    Area a = new Area(new Rectangle(0, 0, 10, 10)), hole = new Area(new Rectangle(2, 2, 3, 3));
    a.subtract(hole);
    a.add(new Area(new Rectangle(9, 9, 5, 5)));
    System.out.println(a.contains(3, 3) + " " + a.contains(1, 1) + " " + a.getBounds() + " " + a.isSingular() + " " + a.isPolygonal() + " " + path(a, null));
    a.intersect(new Area(new Ellipse2D.Double(0, 0, 8, 8)));
    System.out.println(a.isPolygonal() + " " + a.getBounds2D() + " " + new Area(new Rectangle(1, 1, 2, 2)).equals(new Area(new Rectangle(1, 1, 2, 2))));
    System.out.println(path(new QuadCurve2D.Double(0, 0, 1, 2, 3, 4), t) + " | " + path(new RoundRectangle2D.Double(0, 0, 10, 10, 2, 2), null));
    System.out.println(path(new FlatteningPathIteratorShape(new Arc2D.Double(0, 0, 10, 10, 0, 90, Arc2D.PIE)), null));
    System.out.println(new Line2D.Double(0, 0, 10, 10).ptLineDist(0, 10) + " " + Line2D.linesIntersect(0, 0, 2, 2, 0, 2, 2, 0) + " " + new CubicCurve2D.Double(0, 0, 1, 5, 5, 1, 6, 6).getFlatness() + " " + Arrays.toString(roots(new double[] {-6, 11, -6, 1})) + " " + new Rectangle(1, 1, 5, 5).intersection(new Rectangle(4, 4, 9, 9)) + " "
        + new Rectangle(0, 0, 2, 2).outcode(5, -1));
    System.out.println(path(new BasicStroke(2).createStrokedShape(new Line2D.Double(0, 0, 10, 0)), null));
    Polygon p = new Polygon(new int[] {0, 10, 5}, new int[] {0, 0, 8}, 3);
    GeneralPath gp = new GeneralPath(Path2D.WIND_EVEN_ODD);
    gp.append(p, false);
    gp.append(new Rectangle(4, 1, 2, 2), false);
    System.out.println(p.contains(5, 2) + " " + gp.contains(5, 2) + " " + gp.intersects(0, 0, 1, 1) + " " + gp.getCurrentPoint() + " " + p.getBounds());
    try {
      new Path2D.Double().lineTo(1, 1);
    } catch (IllegalPathStateException e) {
      System.out.println(e.getMessage());
    }
    int[] types = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB, BufferedImage.TYPE_INT_ARGB_PRE, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR, BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_INDEXED};
    for (int type : types) {
      BufferedImage i = draw(type, false);
      System.out.println(type + " " + sum(i) + " " + Integer.toHexString(i.getRGB(20, 12)) + " " + i.getColorModel().getPixelSize() + " " + i.getRaster().getNumDataElements() + " " + i.isAlphaPremultiplied());
    }
    BufferedImage smooth = draw(BufferedImage.TYPE_INT_ARGB, true), i = draw(BufferedImage.TYPE_INT_RGB, false);
    System.out.println(smooth.getRGB(15, 15) != 0);
    System.out.println(sum(new AffineTransformOp(AffineTransform.getScaleInstance(2, 0.5), AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(i, null)) + " " + sum(new ConvolveOp(new Kernel(3, 3, new float[] {0, .25f, 0, .25f, 0, .25f, 0, .25f, 0})).filter(i, null)) + " " + sum(new RescaleOp(0.5f, 10, null).filter(i, null)) + " "
        + sum(new LookupOp(new ByteLookupTable(0, inverse()), null).filter(i, null)) + " " + sum(i.getSubimage(5, 5, 10, 10)));
    for (String format : new String[] {"png", "bmp", "gif", "jpg", "wbmp", "tiff"}) {
      BufferedImage from = format.equals("wbmp") ? draw(BufferedImage.TYPE_BYTE_BINARY, false) : format.equals("gif") ? draw(BufferedImage.TYPE_BYTE_INDEXED, false) : i;
      ByteArrayOutputStream o = new ByteArrayOutputStream();
      boolean wrote = ImageIO.write(from, format, o);
      BufferedImage back = ImageIO.read(new ByteArrayInputStream(o.toByteArray()));
      System.out.println(format + " " + wrote + " " + back.getWidth() + "x" + back.getHeight() + " " + (format.equals("jpg") || sum(back) == sum(from)) + " " + ImageIO.getImageReadersByFormatName(format).hasNext());
    }
    System.out.println(ImageIO.read(new ByteArrayInputStream(new byte[] {1, 2, 3})) + " " + ImageIO.write(i, "none", new ByteArrayOutputStream()));
    ImageReader r = ImageIO.getImageReadersByFormatName("png").next();
    ByteArrayOutputStream o = new ByteArrayOutputStream();
    ImageIO.write(i, "png", o);
    byte[] cut = Arrays.copyOf(o.toByteArray(), 40);
    r.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(o.toByteArray())));
    System.out.println(r.getWidth(0) + " " + r.getNumImages(true) + " " + r.getImageMetadata(0).getNativeMetadataFormatName());
    try {
      ImageIO.read(new ByteArrayInputStream(cut));
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    float[] hsb = Color.RGBtoHSB(200, 100, 50, null);
    System.out.println(Arrays.toString(hsb) + " " + Integer.toHexString(Color.HSBtoRGB(hsb[0], hsb[1], hsb[2])) + " " + Color.decode("#ff8000") + " " + Color.RED.darker().brighter());
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
    } catch (HeadlessException e) {
      System.out.println("headless " + GraphicsEnvironment.isHeadless());
    }
    try {
      new Frame();
    } catch (HeadlessException e) {
      System.out.println("no frame");
    }
  }

  static double[] roots(double[] eqn) {
    double[] r = new double[3];
    int n = CubicCurve2D.solveCubic(eqn, r);
    Arrays.sort(r);
    for (int i = 0; i < n; i++) r[i] = Math.round(r[i] * 1000) / 1000.0;
    return r;
  }

  static byte[] inverse() {
    byte[] b = new byte[256];
    for (int i = 0; i < 256; i++) b[i] = (byte) (255 - i);
    return b;
  }

  static class FlatteningPathIteratorShape extends Path2D.Double {
    FlatteningPathIteratorShape(Shape s) {
      append(s.getPathIterator(null, 0.5), false);
    }
  }
}
