/** Small methods that trap, allocate and are overridden, called often enough to become part of their callers. */
public class Small {
    static class Point {
        int x, y;
        Point next;

        Point(int x, int y) {
            this.x = x;
            this.y = y;
        }

        int x() { return x; }

        int sum() { return x() + y; }

        Point next() { return next; }

        int far() { return next().next().sum(); }

        Point mirrored() { return new Point(y, x); }

        int kind() { return 1; }

        int twice() { return kind() * 2; }

        void set(int to) {
            int old = x;
            x = to;
            if (old == 77)
                throw new IllegalStateException("77");
        }
    }

    static class Other extends Point {
        Other(int x, int y) { super(x, y); }

        @Override
        int kind() { return x > 900 ? fail() : 10; }

        int fail() { throw new IllegalArgumentException("x is " + x); }
    }

    static int divide(int a, int b) { return a / b; }

    static int element(int[] a, int i) { return a[i]; }

    static int both(int[] a, int i, int b) { return divide(element(a, i), b); }

    static int clamp(int v, int low, int high) {
        if (v < low)
            return low;
        v = v > high ? high : v;
        return v;
    }

    static long mix(long a, int shift, double d, float f) { return (a << shift) + (long) (d * f); }

    static Object cast(Object o) { return (Integer) o; }

    static void show(String what, Throwable e) {
        System.out.println(what + ": " + e);
        for (StackTraceElement s : e.getStackTrace())
            System.out.println("    " + s);
    }

    static long run(Point p, int i) {
        long sum = p.sum() + p.kind() + p.twice() + clamp(i, 10, 500) + mix(i, 3, i / 4.0, 1.5f);
        Point q = p.mirrored().mirrored();
        q.set(i);
        return sum * 31 + q.x() + p.far();
    }

    static int depth;

    static int down(Point p) {
        depth++;
        return p.x() + clamp(down(p), 0, 1);
    }

    static void caught(String what, Runnable r) {
        try {
            r.run();
        } catch (RuntimeException e) {
            show(what, e);
        }
    }

    public static void main(String[] args) {
        Point a = new Point(1, 2), b = new Other(3, 4);
        a.next = b;
        b.next = a;
        int[] three = {5, 6, 7};
        long sum = 0;
        for (int i = 0; i < 20000; i++) {
            sum = sum * 7 + run(i % 3 == 0 ? b : a, i == 77 ? 78 : i) + both(three, i % 3, i | 1);
            a.x = i % 50;
            cast(i);
        }
        System.out.println(sum);
        caught("zero", () -> both(three, 1, 0));
        caught("index", () -> both(three, 3, 1));
        caught("null array", () -> both(null, 0, 1));
        caught("null", () -> new Point(1, 1).far());
        caught("null receiver", () -> run(null, 1));
        caught("cast", () -> cast("no"));
        caught("thrown", () -> new Point(77, 0).set(1));
        caught("overridden", () -> new Other(901, 0).twice());
        for (int i = 0; i < 3; i++) {
            depth = 0;
            try {
                down(a);
            } catch (StackOverflowError e) {
                System.out.println("overflow " + (depth > 500));
            }
        }
        System.out.println(run(a, 5) + " " + run(b, 6));
    }
}
