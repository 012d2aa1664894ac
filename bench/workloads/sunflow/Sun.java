import java.io.*;
import org.sunflow.*;
import org.sunflow.core.*;
import org.sunflow.image.Color;
import org.sunflow.math.*;
import org.sunflow.system.*;
public class Sun extends Bench {
    public static void main(String[] a) throws Throwable { new Sun().go(a); }
    public String iterate(int it) throws Exception {
        UI.set(null);
        Rnd r = new Rnd(5);
        SunflowAPI p = new SunflowAPI();
        p.parameter("diffuse", null, .6f, .6f, .7f);
        p.shader("d", "diffuse");
        p.parameter("color", null, .8f, .8f, .8f);
        p.shader("m", "mirror");
        p.parameter("eta", 1.5f);
        p.parameter("color", null, 1f, 1f, 1f);
        p.shader("g", "glass");
        p.parameter("diffuse", null, .7f, .2f, .2f);
        p.parameter("specular", null, .5f, .5f, .5f);
        p.parameter("power", 40f);
        p.parameter("samples", 0);
        p.shader("p", "phong");
        p.parameter("center", new Point3(8, -12, 14));
        p.parameter("power", null, 800f, 800f, 800f);
        p.light("l0", "point");
        p.parameter("center", new Point3(-9, -8, 10));
        p.parameter("power", null, 400f, 350f, 300f);
        p.light("l1", "point");
        p.parameter("center", new Point3(0, 0, 0));
        p.parameter("normal", new Vector3(0, 0, 1));
        p.geometry("pl", "plane");
        p.parameter("shaders", new String[] {"d"});
        p.instance("pl.i", "pl");
        p.geometry("sp", "sphere");
        String[] sh = {"d", "m", "g", "p"};
        for (int i = 0; i < 120; i++) {
            float s = (float) (.2 + r.d());
            p.parameter("transform",
                Matrix4
                    .translation((float) (r.d() * 14 - 7), (float) (r.d() * 14 - 7), (float) (r.d() * 6 + .5))
                    .multiply(Matrix4.scale(s)));
            p.parameter("shaders", new String[] {sh[i % 4]});
            p.instance("s" + i, "sp");
        }
        p.parameter(
            "transform", Matrix4.lookAt(new Point3(0, -20, 8), new Point3(0, 0, 2), new Vector3(0, 0, 1)));
        p.parameter("fov", 45f);
        p.parameter("aspect", 1f);
        p.camera("c", "pinhole");
        p.parameter("camera", "c");
        p.parameter("resolutionX", size);
        p.parameter("resolutionY", size);
        p.parameter("aa.min", 0);
        p.parameter("aa.max", 1);
        p.parameter("threads", 4);
        p.parameter("depths.diffuse", 1);
        p.parameter("depths.reflection", 4);
        p.parameter("depths.refraction", 4);
        p.options(SunflowAPI.DEFAULT_OPTIONS);
        final int[] px = new int[size * size];
        p.render(SunflowAPI.DEFAULT_OPTIONS, new Display() {
            public void imageBegin(int w, int h, int bs) {}
            public void imagePrepare(int x, int y, int w, int h, int id) {}
            public void imageFill(int x, int y, int w, int h, Color c, float al) {}
            public void imageEnd() {}
            public void imageUpdate(int x, int y, int w, int h, Color[] d, float[] al) {
                for (int j = 0, k = 0; j < h; j++)
                    for (int i = 0; i < w; i++, k++)
                        px[(y + j) * size + x + i] = d[k].copy().toNonLinear().toRGB();
            }
        });
        long h = FNV0;
        int lit = 0;
        for (int q : px) {
            h = fnv(h, q);
            if ((q & 0xffffff) != 0) lit++;
        }
        return lit + " " + hex(h);
    }
}
