// vmopts: -Djava.awt.headless=true
// Headless AWT: drawing into images, ImageIO for every format both ways, raster operations, colour models, transforms, shapes.
import java.awt.*;
import java.awt.color.ColorSpace;
import java.awt.geom.*;
import java.awt.image.*;
import java.io.*;
import java.util.*;
import java.util.List;
import javax.imageio.*;
import javax.imageio.stream.ImageInputStream;

public class Images {
  static long sum(BufferedImage i) {
    long h = 0;
    for (int y = 0; y < i.getHeight(); y++) for (int x = 0; x < i.getWidth(); x++) h = h * 31 + i.getRGB(x, y);
    return h;
  }

  public static void main(String[] args) throws Exception {
    System.out.println(GraphicsEnvironment.isHeadless() + " " + Toolkit.getDefaultToolkit().getClass().getSimpleName());
    BufferedImage a = new BufferedImage(64, 48, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = a.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, 64, 48);
    g.setColor(new Color(200, 30, 40));
    g.fillRect(5, 5, 20, 10);
    g.setColor(new Color(0, 0, 255, 128));
    g.fillRect(15, 10, 20, 20);
    g.setColor(Color.BLACK);
    g.drawLine(0, 47, 63, 47);
    g.drawRect(40, 5, 10, 10);
    g.setPaintMode();
    g.translate(30, 30);
    g.scale(2, 2);
    g.fill(new Rectangle(0, 0, 4, 4));
    g.dispose();
    System.out.println(sum(a) + " " + Integer.toHexString(a.getRGB(20, 12)) + " " + Integer.toHexString(a.getRGB(10, 8)) + " " + Integer.toHexString(a.getRGB(31, 31)));
    for (String f : List.of("png", "gif", "bmp", "jpg", "wbmp", "tiff")) {
      int type = f.equals("wbmp") ? BufferedImage.TYPE_BYTE_BINARY : BufferedImage.TYPE_INT_RGB;
      BufferedImage rgb = new BufferedImage(64, 48, type);
      rgb.createGraphics().drawImage(a, 0, 0, null);
      ByteArrayOutputStream bo = new ByteArrayOutputStream();
      boolean wrote = ImageIO.write(rgb, f, bo);
      BufferedImage back = ImageIO.read(new ByteArrayInputStream(bo.toByteArray()));
      System.out.println(f + " " + wrote + " " + (bo.size() > 50) + " " + back.getWidth() + "x" + back.getHeight() + " " + (f.equals("jpg") || f.equals("gif") || sum(back) == sum(rgb)) + " " + back.getColorModel()
          .getPixelSize());
    }
    System.out.println(ImageIO.read(new ByteArrayInputStream(new byte[] {1, 2, 3})) + " " + new TreeSet<>(Arrays.asList(ImageIO.getReaderFormatNames())));
    try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0}))) {
      ImageReader r = ImageIO.getImageReaders(in).next();
      r.setInput(in);
      r.read(0);
    } catch (IOException e) {
      System.out.println(e.getClass().getSimpleName());
    }
    AffineTransform t = AffineTransform.getRotateInstance(Math.PI / 2, 10, 10);
    t.translate(3, 4);
    System.out.println(t.transform(new Point2D.Double(1, 2), null) + " " + t.getDeterminant() + " " + t.createInverse().createTransformedShape(new Rectangle(1, 1, 2, 2)).getBounds());
    BufferedImage half = new AffineTransformOp(AffineTransform.getScaleInstance(0.5, 0.5), AffineTransformOp.TYPE_NEAREST_NEIGHBOR).filter(a, null);
    BufferedImage gray = new ColorConvertOp(ColorSpace.getInstance(ColorSpace.CS_GRAY), null).filter(a, null);
    BufferedImage inverted = new LookupOp(new ByteLookupTable(0, invert()), null).filter(gray, null);
    BufferedImage blur = new ConvolveOp(new Kernel(3, 1, new float[] {.25f, .5f, .25f})).filter(a, null);
    System.out.println(half.getWidth() + " " + gray.getType() + " " + (inverted.getRaster().getSample(1, 1, 0) + gray.getRaster().getSample(1, 1, 0)) + " " + Integer.toHexString(blur.getRGB(30, 40)));
    Area area = new Area(new Rectangle(0, 0, 10, 10));
    area.subtract(new Area(new Rectangle(5, 5, 10, 10)));
    area.add(new Area(new Ellipse2D.Double(20, 20, 6, 6)));
    Path2D p = new Path2D.Double(Path2D.WIND_EVEN_ODD);
    p.moveTo(0, 0);
    p.lineTo(10, 0);
    p.quadTo(15, 5, 10, 10);
    p.closePath();
    System.out.println(area.contains(2, 8) + " " + area.contains(7, 7) + " " + area.getBounds() + " " + area.isSingular() + " " + p.contains(11, 5) + " " + p.getBounds2D() + " " + new BasicStroke(2).createStrokedShape(
        new Line2D.Double(0, 0, 10, 0)).getBounds2D());
    try {
      new Frame("no");
    } catch (HeadlessException e) {
      System.out.println("headless");
    }
    WritableRaster r = Raster.createBandedRaster(DataBuffer.TYPE_USHORT, 4, 3, 2, null);
    r.setSample(1, 2, 1, 40_000);
    System.out.println(r.getSample(1, 2, 1) + " " + r.getNumBands() + " " + Color.getHSBColor(0.5f, 1, 1) + " " + new Color(0x336699).darker() + " " + Color.decode("#FF8000"));
    BufferedImage indexed = new BufferedImage(4, 1, BufferedImage.TYPE_BYTE_INDEXED, new IndexColorModel(2, 4, new byte[] {0, 50, 100, (byte) 255}, new byte[4], new byte[4]));
    indexed.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 3});
    System.out.println(Integer.toHexString(indexed.getRGB(2, 0)) + " " + indexed.getRaster().getDataBuffer().getSize());
  }

  static byte[] invert() {
    byte[] b = new byte[256];
    for (int i = 0; i < 256; i++) b[i] = (byte) (255 - i);
    return b;
  }
}
