// modes: default,baseline
import java.lang.reflect.Method;
import java.util.function.DoubleUnaryOperator;

/** The seven functions of Math that HotSpot computes more exactly than StrictMath; their special cases. */
public class Elementary {
    interface Function {
        double of(double x, double y);
    }

    static final double[] SPECIAL = {0.0, -0.0, 1, -1, 2, -2, 0.5, -3, Double.MIN_VALUE, Double.MAX_VALUE,
        Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN};

    static void table(String name, Function function, DoubleUnaryOperator argument) {
        long hash = 0;
        for (int i = 1; i <= 200; i++) {
            double x = argument.applyAsDouble(i);
            hash = 31 * hash + Double.doubleToLongBits(function.of(x, i / 7.0 - 10));
        }
        System.out.println(name + " " + Long.toHexString(hash));
    }

    public static void main(String[] args) throws Exception {
        table("sin", (x, y) -> Math.sin(x), i -> i * 0.44);
        table("cos", (x, y) -> Math.cos(x), i -> i * 0.99);
        table("tan", (x, y) -> Math.tan(x), i -> i * 0.44);
        table("exp", (x, y) -> Math.exp(x), i -> i * 0.33 / 5 - 20);
        table("log", (x, y) -> Math.log(x), i -> i * 1.9);
        table("log10", (x, y) -> Math.log10(x), i -> i * 1.9);
        table("pow", Math::pow, i -> i * 0.3);
        System.out.println(Math.pow(1.1, 10.3) + " " + Math.exp(0.7) + " " + Math.log10(1e15));
        for (double x : SPECIAL) {
            System.out.println(x + ": " + Math.sin(x) + " " + Math.cos(x) + " " + Math.tan(x) + " " + Math.exp(x)
                               + " " + Math.log(x) + " " + Math.log10(x));
            StringBuilder powers = new StringBuilder(" powers");
            for (double y : SPECIAL) {
                powers.append(' ').append(Math.pow(x, y));
            }
            System.out.println(powers);
        }
        for (double x : new double[] {1e8, 1e10, 1e22, 4.0614969117880766E20, 2.095388322299142E195, 7.340960437735089E288}) {
            System.out.println(x + ": " + Math.sin(x) + " " + Math.cos(x) + " " + Math.tan(x));
        }
        Method sin = Math.class.getMethod("sin", double.class);
        for (double x = 0; x < 100; x += 0.37) {
            DoubleUnaryOperator handle = Math::sin;
            if (!sin.invoke(null, x).equals(Math.sin(x)) || handle.applyAsDouble(x) != Math.sin(x)) {
                System.out.println("another answer for " + x);
            }
        }
    }
}
