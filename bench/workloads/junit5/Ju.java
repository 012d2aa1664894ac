import java.util.*;
import java.util.stream.*;
import org.junit.jupiter.api.*;
import org.junit.jupiter.params.*;
import org.junit.jupiter.params.provider.*;
import org.junit.platform.launcher.*;
import org.junit.platform.launcher.core.*;
import org.junit.platform.launcher.listeners.*;
import static org.junit.jupiter.api.Assertions.*;
import org.junit.platform.engine.discovery.DiscoverySelectors;
public class Ju extends Bench {
    static int N;
    static long H;
    public static class T1 {
        int c;
        @BeforeEach
        void b() {
            c++;
        }
        @Test
        void ok() {
            assertEquals(1, c);
            H++;
        }
        @Test
        void bad() {
            assertThrows(IllegalStateException.class, () -> { throw new IllegalStateException("x"); });
            H++;
        }
        @Test
        void fails() {
            fail("wanted");
        }
        @Disabled
        @Test
        void skip() {}
        @ParameterizedTest
        @MethodSource("src")
        void p(int x, String s) {
            H += x;
            assertEquals("s" + x, s);
            assertTrue(x % 10 != 9);
        }
        static Stream<Arguments> src() {
            return IntStream.range(0, N).mapToObj(i -> Arguments.of(i, "s" + i));
        }
        @TestFactory
        Stream<DynamicTest> dyn() {
            return IntStream.range(0, N).mapToObj(i -> DynamicTest.dynamicTest("d" + i, () -> {
                H += i;
                assertAll(() -> assertTrue(true), () -> assertNotNull("a"));
            }));
        }
        @RepeatedTest(20)
        void r() {
            H += 3;
        }
        @Nested
        class In {
            @Test
            void n() {
                H += 5;
            }
        }
    }
    public static class T2 extends junit.framework.TestCase {
        public void testA() { H++; }
        public void testB() { assertEquals("a", "b"); }
    }
    public static void main(String[] a) throws Throwable { new Ju().go(a); }
    public String iterate(int it) throws Exception {
        N = size;
        H = 0;
        SummaryGeneratingListener l = new SummaryGeneratingListener();
        LauncherFactory.create().execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(T1.class), DiscoverySelectors.selectClass(T2.class))
                .build(),
            l);
        TestExecutionSummary s = l.getSummary();
        return s.getTestsFoundCount() + " " + s.getTestsSucceededCount() + " " + s.getTestsFailedCount() + " "
            + s.getTestsSkippedCount() + " " + H;
    }
}
