import java.io.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;
import jakarta.servlet.http.*;
import org.apache.catalina.*;
import org.apache.catalina.startup.*;
public class Tc extends Bench {
    public static void main(String[] a) throws Throwable { new Tc().go(a); }
    Tomcat t;
    int port;
    static final int T = 4;
    public void setup() throws Exception {
        java.util.logging.LogManager.getLogManager().reset();
        t = new Tomcat();
        t.setBaseDir(tmp.getPath());
        t.setPort(0);
        t.getConnector();
        Context c = t.addContext("", tmp.getPath());
        Tomcat.addServlet(c, "s", new HttpServlet() {
            protected void doGet(HttpServletRequest q, HttpServletResponse r) throws IOException {
                HttpSession s = q.getSession();
                Integer n = (Integer) s.getAttribute("n");
                n = n == null ? 1 : n + 1;
                s.setAttribute("n", n);
                r.setContentType("text/html;charset=utf-8");
                PrintWriter w = r.getWriter();
                w.println("<h1>" + q.getParameter("k") + "</h1>" + n);
                Rnd x = new Rnd(Integer.parseInt(q.getParameter("k")));
                for (int i = 0; i < 40; i++) w.println("<p>" + word(x) + "</p>");
            }
            protected void doPost(HttpServletRequest q, HttpServletResponse r) throws IOException {
                long h = FNV0;
                byte[] b = new byte[4096];
                int n;
                while ((n = q.getInputStream().read(b)) > 0) h = fnv(h, b, 0, n);
                r.getWriter().print(hex(h));
            }
        });
        c.addServletMappingDecoded("/s", "s");
        t.start();
        port = t.getConnector().getLocalPort();
    }
    public void teardown() throws Exception {
        t.stop();
        t.destroy();
    }
    public String iterate(int it) throws Exception { return Http.drive(port, size, T); }
}
