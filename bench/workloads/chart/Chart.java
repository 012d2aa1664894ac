import java.awt.*;
import java.awt.image.*;
import org.jfree.chart.*;
import org.jfree.chart.plot.*;
import org.jfree.data.xy.*;
import org.jfree.data.category.*;
import org.jfree.data.general.*;
public class Chart extends Bench {
    public static void main(String[] a) throws Throwable { new Chart().go(a); }
    public String iterate(int it) throws Exception {
        long h = FNV0;
        int ink = 0;
        for (int k = 0; k < size; k++) {
            Rnd r = new Rnd(k + 1);
            JFreeChart c;
            if (k % 3 == 0) {
                XYSeriesCollection ds = new XYSeriesCollection();
                for (int s = 0; s < 3; s++) {
                    XYSeries x = new XYSeries("s" + s);
                    double y = 0;
                    for (int i = 0; i < 500; i++) {
                        y += r.d() - .5;
                        x.add(i, y);
                    }
                    ds.addSeries(x);
                }
                c = ChartFactory.createXYLineChart(
                    "t" + k, "x", "y", ds, PlotOrientation.VERTICAL, true, false, false);
            } else if (k % 3 == 1) {
                DefaultCategoryDataset ds = new DefaultCategoryDataset();
                for (int s = 0; s < 4; s++)
                    for (int i = 0; i < 12; i++) ds.addValue(r.next(100), "r" + s, "c" + i);
                c = ChartFactory.createBarChart(
                    "b" + k, "x", "y", ds, PlotOrientation.VERTICAL, true, false, false);
            } else {
                DefaultPieDataset ds = new DefaultPieDataset();
                for (int i = 0; i < 9; i++) ds.setValue("p" + i, 1 + r.next(50));
                c = ChartFactory.createPieChart("pie" + k, ds, true, false, false);
            }
            BufferedImage im = c.createBufferedImage(640, 400);
            int[] px = im.getRGB(0, 0, 640, 400, null, 0, 640);
            for (int p : px) {
                h = (h ^ p) * 0x100000001b3L;
                if ((p & 0xffffff) != 0xffffff) ink++;
            }
            java.io.ByteArrayOutputStream o = new java.io.ByteArrayOutputStream();
            javax.imageio.ImageIO.write(im, "png", o);
            BufferedImage im2 = javax.imageio.ImageIO.read(new java.io.ByteArrayInputStream(o.toByteArray()));
            int[] px2 = im2.getRGB(0, 0, 640, 400, null, 0, 640);
            if (!java.util.Arrays.equals(px, px2)) throw new RuntimeException("png");
        }
        return ink + " " + hex(h);
    }
}
