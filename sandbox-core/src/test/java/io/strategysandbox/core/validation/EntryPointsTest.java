package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.core.strategy.CompiledClasses;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;

class EntryPointsTest {

    private static final String ON_BAR = " public double onBar(org.ta4j.core.BarSeries b) { return 0; } ";

    /** What is found here is what the runner can start, and what is refused here it could not. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            A   | public class A implements T { %s }                                         | found
            A   | class A implements T { %s }                                                | found
            A   | class A implements T { A() {} %s }                                         | found
            A   | public class A implements T { public A(P p) {} %s }                        | found
            A   | public class A implements T { A() {} public A(P p) {} %s }                 | found
            A   | public class A extends B {} abstract class B implements T { %s }           | found
            A   | public class A { public static S buildStrategy(R s) { return null; } }     | found
            A   | class A { public static S buildStrategy(R s, P p) { return null; } }       | found
            A   | class A { public static org.ta4j.core.BaseStrategy buildStrategy(R s) { return null; } } | found
            A   | class A { public static B buildStrategy(R s) { return null; } interface B extends S {} } | found
            A   | class A extends B {} class B { public static S buildStrategy(R s) { return null; } } | found
            A   | class A implements B {} interface B { static S buildStrategy(R s) { return null; } } | entry-missing
            A   | class A extends B {} class B { static S buildStrategy(R s) { return null; } } | entry-missing
            A   | class A { public static S buildStrategy(R s, int i) { return null; } }     | entry-missing
            A   | class A { public static S buildStrategies(R s) { return null; } }          | entry-missing
            A$N | public class A { public static class N implements T { %s } }               | found
            A$N | public class A { static class N implements T { %s } }                      | found
            A$N | public class A { protected static class N implements T { N() {} %s } }     | found
            A   | public class A implements T { A() {} %s }                                  | entry-not-constructible
            A   | public class A implements T { protected A() {} %s }                        | entry-not-constructible
            A   | public class A implements T { private A() {} %s }                          | entry-not-constructible
            A   | class A implements T { private A() {} %s }                                 | entry-not-constructible
            A   | public class A implements T { public A(int i) {} %s }                      | entry-not-constructible
            A   | public enum A implements T { ONE; %s }                                     | entry-not-constructible
            A$N | public class A { public class N implements T { %s } }                      | entry-not-constructible
            A$N | public class A { private static class N implements T { %s } }              | entry-not-constructible
            A   | public abstract class A implements T { %s }                                | entry-abstract
            A   | public abstract class A implements T { public static S buildStrategy(R s) { return null; } } | entry-abstract
            A   | public class A { static S buildStrategy(R s) { return null; } }            | entry-missing
            A   | public class A { public S buildStrategy(R s) { return null; } }            | entry-missing
            A   | public class A { public static Object buildStrategy(R s) { return null; } }| entry-missing
            A   | public class A {}                                                          | entry-missing
            """)
    void agreesWithTheRunner(String entry, String source, String expected) throws Exception {
        CompiledClasses classes = InMemoryCompiler.compile(InMemoryCompiler.sources(Map.of(
                "A.java",
                "import io.strategysandbox.api.TradingStrategy; "
                        + source.formatted(ON_BAR)
                                .replaceAll("\\bT\\b", "TradingStrategy")
                                .replaceAll("\\bP\\b", "io.strategysandbox.api.Parameters")
                                .replaceAll("\\bS\\b", "org.ta4j.core.Strategy")
                                .replaceAll("\\bR\\b", "org.ta4j.core.BarSeries"))));
        EntryPoints.Result result = EntryPoints.find(classes, Optional.of(entry));
        if (expected.equals("found")) {
            assertThat(result).isEqualTo(new EntryPoints.Found(entry));
        } else {
            assertThat(((EntryPoints.Missing) result).finding().rule()).isEqualTo(expected);
            assertThat(((EntryPoints.Missing) result).finding().message()).contains(entry);
        }
        assertThat(theRunnerStarts(classes, entry)).isEqualTo(expected.equals("found"));
    }

    @Test
    void theOnlyStrategyThatCannotBeMadeIsNamedEvenIfTheManifestDoesNot() {
        EntryPoints.Result result = EntryPoints.find(
                classes("public class A implements io.strategysandbox.api.TradingStrategy { A() {}" + ON_BAR + "}"),
                Optional.empty());
        assertThat(((EntryPoints.Missing) result).finding())
                .extracting(Finding::rule, Finding::path)
                .containsExactly("entry-not-constructible", "strategy.yaml");
        assertThat(((EntryPoints.Missing) result).finding().message()).contains("class A", "public constructor");
    }

    @Test
    void whatInheritsABuilderIsAnEntryOnlyIfItIsNamed() {
        CompiledClasses classes =
                classes("public class A { public static org.ta4j.core.Strategy buildStrategy(org.ta4j.core.BarSeries s)"
                        + " { return null; } } class B extends A {}");
        assertThat(EntryPoints.find(classes, Optional.empty())).isEqualTo(new EntryPoints.Found("A"));
        assertThat(EntryPoints.find(classes, Optional.of("B"))).isEqualTo(new EntryPoints.Found("B"));
    }

    @Test
    void anAbstractBaseIsNoSecondEntry() {
        assertThat(EntryPoints.find(
                        classes("public class A extends B {} abstract class B implements"
                                + " io.strategysandbox.api.TradingStrategy {" + ON_BAR + "}"),
                        Optional.empty()))
                .isEqualTo(new EntryPoints.Found("A"));
    }

    @Test
    void fortyDiamondsOfInterfacesAreLookedAtOnce() {
        Map<String, byte[]> interfaces = new TreeMap<>();
        for (int i = 1; i <= 40; i++) {
            for (String side : List.of("L", "R")) {
                interfaces.put(side + i, classFile(side + i, "L" + (i - 1), "R" + (i - 1)));
            }
        }
        interfaces.put("A", classFile("A", "L40", "R40"));
        CompiledClasses classes = CompiledClasses.of(interfaces);
        long start = System.nanoTime();
        EntryPoints.Result result = EntryPoints.find(classes, Optional.empty());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
        assertThat(((EntryPoints.Missing) result).finding().rule()).isEqualTo("entry-missing");
    }

    /** Not made by javac: it needs as long for diamonds as the search must not. */
    private static byte[] classFile(String name, String... interfaces) {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V17, 0, name, null, "java/lang/Object", interfaces);
        return writer.toByteArray();
    }

    private static CompiledClasses classes(String source) {
        return InMemoryCompiler.compile(InMemoryCompiler.sources(Map.of("A.java", source)));
    }

    /** The runner's own decision, made of loaded classes. Its package is closed to others, so it is asked by name. */
    private static boolean theRunnerStarts(CompiledClasses classes, String entry) throws Exception {
        ClassLoader loader = new ClassLoader(EntryPointsTest.class.getClassLoader()) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!classes.names().contains(name)) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = classes.bytes(name);
                return defineClass(name, bytes, 0, bytes.length);
            }
        };
        Method of = Class.forName("io.strategysandbox.runner.EntryPoint")
                .getDeclaredMethod("of", Class.class, Parameters.class, boolean.class);
        of.setAccessible(true);
        try {
            return of.invoke(null, loader.loadClass(entry), Parameters.of(Map.of()), false) != null;
        } catch (InvocationTargetException e) {
            assertThat(e.getCause().getClass().getSimpleName()).isEqualTo("StrategyFault");
            return false;
        }
    }
}
