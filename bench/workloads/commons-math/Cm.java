import org.apache.commons.math3.linear.*;
import org.apache.commons.math3.transform.*;
import org.apache.commons.math3.ode.*;
import org.apache.commons.math3.ode.nonstiff.*;
import org.apache.commons.math3.random.*;
import org.apache.commons.math3.stat.descriptive.*;
import org.apache.commons.math3.stat.regression.*;
import org.apache.commons.math3.fraction.*;
import org.apache.commons.math3.optim.*;
import org.apache.commons.math3.optim.nonlinear.scalar.*;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.*;
import org.apache.commons.math3.analysis.*;
import org.apache.commons.math3.special.*;
public class Cm extends Bench {
    public static void main(String[] a) throws Throwable { new Cm().go(a); }
    static String f(double d) { return String.valueOf(Math.round(d * 1e6)); }
    public String iterate(int it) throws Exception {
        StringBuilder s = new StringBuilder();
        int n = size;
        MersenneTwister mt = new MersenneTwister(42);
        double[][] m = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) m[i][j] = mt.nextDouble();
            m[i][i] += n;
        }
        RealMatrix A = new Array2DRowRealMatrix(m), AtA = A.transpose().multiply(A);
        s.append(f(new LUDecomposition(A).getSolver().getInverse().getTrace()))
            .append(' ')
            .append(f(new QRDecomposition(A).getSolver().solve(new ArrayRealVector(n, 1.0)).getNorm()))
            .append(' ')
            .append(f(new EigenDecomposition(AtA).getRealEigenvalue(0) / 1e3))
            .append(' ')
            .append(f(new SingularValueDecomposition(A).getNorm()))
            .append(' ');
        double[] x = new double[1 << 14];
        for (int i = 0; i < x.length; i++) x[i] = mt.nextGaussian();
        s.append(f(new FastFourierTransformer(DftNormalization.STANDARD)
                         .transform(x, TransformType.FORWARD)[5]
                         .abs()))
            .append(' ');
        double[] y = {1, 0, 0, 1};
        new DormandPrince853Integrator(1e-8, 1, 1e-10, 1e-10)
            .integrate(new FirstOrderDifferentialEquations() {
                public int getDimension() { return 4; }
                public void computeDerivatives(double t, double[] v, double[] d) {
                    double r3 = Math.pow(v[0] * v[0] + v[1] * v[1], 1.5);
                    d[0] = v[2];
                    d[1] = v[3];
                    d[2] = -v[0] / r3;
                    d[3] = -v[1] / r3;
                }
            }, 0, y, 20.0 * n, y);
        s.append(Math.round(y[0] * 1e3)).append(' ');
        DescriptiveStatistics ds = new DescriptiveStatistics(x);
        s.append(f(ds.getKurtosis())).append(' ').append(f(ds.getPercentile(30))).append(' ');
        BigFraction bf = BigFraction.ZERO;
        for (int i = 1; i < n * 4; i++) bf = bf.add(new BigFraction(1, i));
        s.append(bf.toString().hashCode()).append(' ');
        double g = 0;
        for (int i = 1; i < n * 200; i++)
            g += Gamma.logGamma(i * .37) + Erf.erf(i * 1e-4) + Beta.regularizedBeta(.3, 1 + i % 9, 2);
        s.append(f(g)).append(' ');
        s.append(f(new NelderMeadProbe().run()));
        org.ejml.simple.SimpleMatrix E = new org.ejml.simple.SimpleMatrix(m);
        s.append(' ')
            .append(f(E.mult(E).plus(E.transpose()).invert().trace()))
            .append(' ')
            .append(f(E.determinant() % 1000 * 0 + E.normF()));
        return s.toString();
    }
    static class NelderMeadProbe {
        double run() {
            return new SimplexOptimizer(1e-10, 1e-12)
                .optimize(new MaxEval(20000), new ObjectiveFunction(new MultivariateFunction() {
                    public double value(double[] p) {
                        return 100 * Math.pow(p[1] - p[0] * p[0], 2) + Math.pow(1 - p[0], 2);
                    }
                }),
                    GoalType.MINIMIZE, new InitialGuess(new double[] {-1.2, 1}), new NelderMeadSimplex(2))
                .getPoint()[0];
        }
    }
}
