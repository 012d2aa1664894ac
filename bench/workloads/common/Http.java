import java.io.*;
import java.net.*;
import java.util.*;
import java.util.concurrent.*;
/** keep-alive HTTP/1.1 client over raw sockets: T threads, each with own connection and session cookie */
public class Http {
    public static String drive(final int port, final int size, final int T) throws Exception {
        ExecutorService ex = Executors.newFixedThreadPool(T);
        List<Future<Long>> fs = new ArrayList<Future<Long>>();
        for (int t = 0; t < T; t++) {
            final int tt = t;
            fs.add(ex.submit(new Callable<Long>() {
                public Long call() throws Exception {
                    Socket s = new Socket("127.0.0.1", port);
                    s.setTcpNoDelay(true);
                    InputStream in = new BufferedInputStream(s.getInputStream());
                    OutputStream out = s.getOutputStream();
                    long h = Bench.FNV0;
                    String[] ck = {null};
                    for (int i = 0; i < size / T; i++) {
                        String q = i % 4 == 3 ? "POST /s?k=1" : "GET /s?k=" + (tt * 1000 + i % 50);
                        byte[] body = new byte[0];
                        if (i % 4 == 3) {
                            body = new byte[2000];
                            Arrays.fill(body, (byte) i);
                        }
                        out.write((q + " HTTP/1.1\r\nHost: localhost\r\n"
                            + (ck[0] == null ? "" : "Cookie: " + ck[0] + "\r\n")
                            + "Content-Type: application/octet-stream\r\nContent-Length: " + body.length
                            + "\r\n\r\n")
                                .getBytes("ISO-8859-1"));
                        out.write(body);
                        out.flush();
                        h = Bench.fnv(h, resp(in, ck));
                    }
                    s.close();
                    return h;
                }
            }));
        }
        long h = Bench.FNV0;
        for (Future<Long> f : fs) h = Bench.fnv(h, f.get());
        ex.shutdown();
        return Bench.hex(h);
    }
    static String line(InputStream in) throws IOException {
        StringBuilder b = new StringBuilder();
        int c;
        while ((c = in.read()) != '\n') {
            if (c < 0) throw new EOFException();
            if (c != '\r') b.append((char) c);
        }
        return b.toString();
    }
    static void full(InputStream in, int n, ByteArrayOutputStream o) throws IOException {
        byte[] b = new byte[n];
        int k = 0;
        while (k < n) {
            int r = in.read(b, k, n - k);
            if (r < 0) throw new EOFException();
            k += r;
        }
        o.write(b, 0, n);
    }
    static String resp(InputStream in, String[] ck) throws IOException {
        String st = line(in), l;
        int len = -1;
        boolean ch = false;
        while ((l = line(in)).length() > 0) {
            String x = l.toLowerCase(Locale.ROOT);
            if (x.startsWith("content-length:")) len = Integer.parseInt(l.substring(15).trim());
            if (x.startsWith("transfer-encoding: chunked")) ch = true;
            if (x.startsWith("set-cookie:")) ck[0] = l.substring(11).trim().split(";")[0];
        }
        ByteArrayOutputStream o = new ByteArrayOutputStream();
        if (ch) {
            int n;
            while ((n = Integer.parseInt(line(in).trim(), 16)) > 0) {
                full(in, n, o);
                line(in);
            }
            line(in);
        } else
            full(in, len, o);
        return st.substring(9, 12) + o.toString("UTF-8");
    }
}
