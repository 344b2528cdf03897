package io.strategysandbox.core.validation;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Inputs that are made to crash, stall or exhaust a validator: families, each with many sizes and a fixed seed. */
final class HostileInputs {

    private static final int[] SIZES = {
        150, 100_000, 3_000, 20, 199, 60, 20_000, 201, 1_000, 120, 9_000, 45_000, 500, 190, 7
    };

    /** What mutations begin with; it compiles. */
    static final String HONEST = """
            import java.util.*;
            import java.util.function.*;
            import org.ta4j.core.*;

            /** Follows the mean of the last closes. */
            public class A implements io.strategysandbox.api.TradingStrategy {
                enum Side { LONG, SHORT { int sign() { return -1; } }; int sign() { return 1; } }
                record Point(double x, List<String> names) {}
                private static final String NAME = "mean" + 1.5;
                private final Map<String, Double> seen = new TreeMap<>();

                @Override
                public double onBar(BarSeries history) {
                    Function<Integer, Integer> half = i -> i / 2;
                    double sum = 0;
                    try {
                        for (int i = 0; i < history.getBarCount(); i++) {
                            sum += history.getBar(i).getClosePrice().doubleValue();
                            seen.merge("bar" + half.apply(i), sum, Double::sum);
                        }
                    } catch (IllegalStateException | ArithmeticException e) {
                        return switch (NAME) { case "a" -> 0; case "b" -> 1; default -> Side.LONG.sign(); };
                    }
                    Object point = new Point(sum, List.of());
                    return point instanceof Point p && p.x() > 0 ? new double[] {1, 2}[0] : 0;
                }
            }
            """;

    private final Map<String, byte[]> honestClasses;
    private final List<Family> families = new ArrayList<>();

    /**
     * The inputs.
     *
     * @param honestClasses the class files of {@link #HONEST}, binary name to content
     */
    HostileInputs(Map<String, byte[]> honestClasses) {
        this.honestClasses = new TreeMap<>(honestClasses);
        nested();
        exponential();
        large();
        notText();
        mutated();
        classFiles();
    }

    /**
     * One input: sources, or class files.
     *
     * @param family what it is like
     * @param files path or binary name to content
     * @param compiled whether these are class files
     */
    record Input(String family, Map<String, byte[]> files, boolean compiled) {}

    private record Family(String name, boolean compiled, Maker maker) {}

    /** Makes the n-th input of a family. */
    @FunctionalInterface
    private interface Maker {
        Map<String, byte[]> make(int number, Random random);
    }

    int families() {
        return families.size();
    }

    Input input(int index) {
        Family family = families.get(index % families.size());
        Random random = new Random(index);
        return new Input(family.name(), family.maker().make(index / families.size(), random), family.compiled());
    }

    private void source(String name, Maker maker) {
        families.add(new Family(name, false, maker));
    }

    private void text(String name, IntFunction<String> maker) {
        source(name, (number, random) -> java(maker.apply(size(number)) + "\n// " + number));
    }

    private static int size(int number) {
        return SIZES[number % SIZES.length] + number / SIZES.length;
    }

    private static Map<String, byte[]> java(String text) {
        return Map.of("A.java", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String each(int count, String separator, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
    }

    /** In every other input each level has a line of its own, to get below the limit of a line. */
    private void nest(String name, String frame, String open, String middle, String close) {
        source(name, (number, random) -> {
            int depth = size(number);
            String end = number % 4 == 3 ? " " : "\n";
            return java(frame.formatted((open + end).repeat(depth) + middle + (close + end).repeat(depth))
                    + " // "
                    + number);
        });
    }

    private void nested() {
        String value = "class A { Object x = %s; }";
        String body = "class A { void m(int a) { %s } }";
        nest("parentheses", value, "(", "1", ")");
        nest("casts and lambdas", value, "(a < (b) ? c : (d ->", "1", "))");
        nest("casts", value, "(A)", "null", "");
        nest("intersection casts", value, "(A & B) (", "1", ")");
        nest("lambdas", value, "x ->", "1", "");
        nest("block lambdas", value, "() -> { return", "1", "; }");
        nest("lambdas in calls", value, "f(x ->", "x", ")");
        nest("parenthesised lambdas", value, "(x, y) -> (", "x", ")");
        nest("conditionals", value, "a ? b :", "1", "");
        nest("comparisons", value, "a <", "1", "");
        nest("generics or comparisons", body, "a<b,", "c;", "");
        nest("sums", value, "a +", "1", "");
        nest("strings in sums", value, "\"s\" +", "1", "");
        nest("signs", value, "- ~", "1", "");
        nest("names", value, "a.", "b", "");
        nest("loops without a body", body, "do", "", "");
        nest("conditions without an end", body, "if (c)", "{ a b c; a b c; a b c;", "");
        nest("calls in a chain", value, "a().", "b", "");
        nest("calls in calls", value, "abs(", "1", ")");
        nest("generic calls", value, "A.<B>c(", "1", ")");
        nest("generics", "class A { %s x; }", "A<", "A", ">");
        nest("wildcards", "class A { %s x; }", "A<? extends", "A", ">");
        nest("new generics", value, "new A<", "A", ">()");
        nest("array types", "class A { int%s x; }", "[]", "", "");
        nest("array initialisers", value, "{", "1", "}");
        nest("indices", value, "a[", "1", "]");
        nest("annotations", "class A { %s int f; }", "@A(", "1", ")");
        nest("annotations in a row", "%s class A {}", "@A", "", "");
        nest("anonymous classes", value, "new A() { Object x =", "1", "; }");
        nest("classes", "%s", "class A {", "", "}");
        nest("blocks", body, "{", "", "}");
        nest("if and else", body, "if (a) b(); else", ";", "");
        nest("loops", body, "for (;;)", ";", "");
        nest("labels", body, "a:", ";", "");
        nest("try", body, "try {", "", "} finally {}");
        nest("switch expressions", value, "switch (1) { default ->", "1", "; }");
        nest("method references", value, "(A::b) . c(", "1", ")");
        nest("patterns", body, "if (a instanceof B b &&", "c", ") ;");
    }

    private void exponential() {
        text(
                "constants that double",
                size -> "class A { static final String S0 = \"" + "x".repeat(1 + size % 99) + "\";"
                        + each(
                                Math.min(size, 2_000),
                                "\n",
                                i -> "static final String S" + (i + 1) + " = S" + i + " + S" + i + ";")
                        + "}");
        text(
                "numbers that are folded",
                size -> "class A { static final long N0 = 1;"
                        + each(
                                Math.min(size, 9_000),
                                "\n",
                                i -> "static final long N" + (i + 1) + " = N" + i + " * 3 + N" + i + ";")
                        + "}");
        text(
                "lists of lists",
                size -> "import java.util.*; class A { Object m() { return " + "List.of(1,\n".repeat(size) + "2"
                        + ")".repeat(size) + "; } }");
        text(
                "maps of maps",
                size -> "import java.util.*; class A { void m() { var x = " + "Map.of(1, List.of(\n".repeat(size) + "2"
                        + "))".repeat(size) + "; } }");
        text(
                "overloads with lambdas",
                size -> "import java.util.function.*; class A {"
                        + " <T, R> R f(Function<T, R> f) { return null; } <T> T f(Supplier<T> s) { return null; }"
                        + " <T> T f(BiFunction<T, T, T> s) { return null; } Object m() { return "
                        + "f(x -> \n".repeat(Math.min(size, 99)) + "1" + ")".repeat(Math.min(size, 99)) + "; } }");
        text(
                "inferred lambdas",
                size -> "import java.util.function.*; class A { <T> T f(Supplier<? extends T> s, T t) {"
                        + " return t; } Object m() { return " + "f(() -> \n".repeat(Math.min(size, 99)) + "1"
                        + ", 2)".repeat(Math.min(size, 99)) + "; } }");
        text(
                "lattices",
                size -> "interface L0 {} interface R0 {}\n"
                        + each(
                                Math.min(size, 99),
                                "\n",
                                i -> String.format(
                                        "interface L%1$d extends L%2$d, R%2$d {} interface R%1$d extends L%2$d, R%2$d {}",
                                        i + 1, i))
                        + "class A implements L" + Math.min(size, 99) + ", R" + Math.min(size, 99) + " {}");
        text(
                "growing type arguments",
                size -> "class A<T> { }\n"
                        + each(
                                Math.min(size, 60),
                                "\n",
                                i -> "class A" + i + "<T> extends A<A" + i + "<A" + i + "<T>>> {}")
                        + "class B { A<? super A0<A0<Integer>>> m(A0<Integer> a) { return a; } }");
        text(
                "intersections",
                size -> each(Math.min(size, 3_000), "\n", i -> "interface I" + i + " {}")
                        + "class A<T extends Object & " + each(Math.min(size, 3_000), " &\n", i -> "I" + i)
                        + "> { T t; }");
        text(
                "common supertypes",
                size -> "import java.util.*; class A { Object m(int i) { return "
                        + each(
                                Math.min(size, 150),
                                "",
                                i -> "i == " + i + " ? new TreeMap<List<Integer>, Set<"
                                        + (i % 2 == 0 ? "String" : "Long") + ">>() :\n")
                        + "new ArrayList<Integer>(); } }");
        text(
                "circles",
                size -> each(
                        Math.min(size, 5_000),
                        "\n",
                        i -> "class C" + i + " extends C" + (i + 1) % Math.min(size, 5_000) + " {}"));
    }

    private void large() {
        text(
                "methods",
                size -> "class A {" + each(Math.min(size, 65_000), "\n", i -> "int m" + i + "(){return 1;}") + "}");
        text("parameters", size -> "class A { void m(" + each(size, ",\n", i -> "int p" + i) + ") {} }");
        text(
                "a switch",
                size -> "class A { int m(int i) { switch (i) {"
                        + each(size, "\n", i -> "case " + i + ": return " + i + ";")
                        + " default: return 0; } } }");
        text(
                "a switch of strings",
                size -> "class A { int m(String s) { return switch (s) {"
                        + each(size, "\n", i -> "case \"s" + i + "\" -> " + i + ";")
                        + " default -> 0; }; } }");
        text("an array", size -> "class A { int[] a = {" + each(size, ",\n", i -> "" + i) + "}; }");
        text(
                "an array on few lines",
                size -> "class A { int[] a = {" + ("1,".repeat(2_000) + "\n").repeat(size / 400 + 1) + "}; }");
        text(
                "long strings",
                size -> "class A { String s = \"" + ("x".repeat(4_000) + "\" +\n\"").repeat(size / 400 + 1) + "\"; }");
        text(
                "escapes that are none",
                size -> "class A { /*" + ("\\u".repeat(2_000) + "\n").repeat(Math.min(size, 240)) + "*/ }");
        text("a long name", size -> "class A { int " + "x".repeat(size) + " = 1; }");
        text("constants of an enum", size -> "enum A {" + each(size, ",\n", i -> "C" + i) + "}");
        text("components", size -> "record A(" + each(size, ",\n", i -> "int c" + i) + ") {}");
        text("types", size -> each(size, "\n", i -> "class C" + i + "{}"));
        text("imports", size -> each(size, "\n", i -> "import a.b" + i + ".*;") + " class A {}");
        text("a package", size -> "package " + "a.\n".repeat(size) + "b; class A {}");
        text("semicolons", size -> "class A {" + ";\n".repeat(size) + "}");
        text("lines", size -> "\n".repeat(size * 10) + "class A {}");
        text(
                "dollars",
                size -> "class A" + "$".repeat(size % 4_000) + " { class $ { class " + "$".repeat(9) + " {} } }");
        source("many files", (number, random) -> {
            Map<String, byte[]> files = new TreeMap<>();
            for (int i = 0; i < Math.min(size(number), 400); i++) {
                files.put(
                        "p" + i + "/A.java",
                        ("package p" + i + "; class A" + number + " { p" + (i + 1) + ".A a; }")
                                .getBytes(StandardCharsets.UTF_8));
            }
            return files;
        });
        source("lines of megabytes", (number, random) -> {
            byte[] bytes = new byte[10 << 20];
            Arrays.fill(bytes, (byte) "(;\" x{/1".charAt(number % 8));
            bytes[number] = 'A';
            return Map.of("A.java", bytes);
        });
    }

    private void notText() {
        source("random bytes", (number, random) -> Map.of("A.java", random(random, size(number))));
        source(
                "random printable characters",
                (number, random) -> java(each(
                        size(number),
                        "",
                        i -> "" + (char) (random.nextInt(50) == 0 ? '\n' : ' ' + random.nextInt(95)))));
        source("random tokens", (number, random) -> {
            List<String> tokens = tokens();
            return java(each(size(number) / 4 + 3, "", i -> tokens.get(random.nextInt(tokens.size()))));
        });
        source("broken UTF-8", (number, random) -> {
            byte[] bytes = HONEST.getBytes(StandardCharsets.UTF_8);
            byte[] broken = {(byte) 0xC0, (byte) 0xED, (byte) 0xFE, (byte) 0xF4, (byte) 0x80};
            for (int i = 0; i <= number; i++) {
                bytes[random.nextInt(bytes.length)] = broken[random.nextInt(broken.length)];
            }
            return Map.of("A.java", bytes);
        });
        source("other encodings", (number, random) -> {
            List<String> charsets = List.of("UTF-16", "UTF-16LE", "UTF-32", "UTF-32BE", "IBM037", "UTF-7");
            String name = charsets.get(number % charsets.size());
            Charset charset = Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_16BE;
            return Map.of("A.java", (HONEST + "// é" + number).getBytes(charset));
        });
        source(
                "byte order marks",
                (number, random) -> java("\uFEFF".repeat(number + 1) + HONEST + "\uFEFF".repeat(number)));
        source("lone surrogates", (number, random) -> {
            byte[] bytes = ("class A { String s = \"???\"; } // " + number).getBytes(StandardCharsets.UTF_8);
            bytes[22] = (byte) 0xED;
            bytes[23] = (byte) (0xA0 + number % 32);
            bytes[24] = (byte) 0x80;
            return Map.of("A.java", bytes);
        });
        text("unicode escapes", size -> "class A { String s = \"" + "\\uuuu0041\\u2028\n".repeat(size) + "\"; }");
        text(
                "escapes of letters beyond ASCII",
                size -> "class A { int " + "\\u00e9".repeat(Math.min(size, 700)) + "; }");
        text("marks that combine", size -> "class A { int e" + "\u0301".repeat(Math.min(size, 4_000)) + "; }");
        text("unclosed comments", size -> "class A { " + "/* /* \n".repeat(size));
        text("unclosed documentation", size -> "/** {@link \n".repeat(size) + " class A {}");
        text("unclosed text blocks", size -> "class A { String s = \"\"\"\n" + "\\\"\"\" \n".repeat(size));
        text("unclosed strings", size -> "class A { String s = " + "\"\n".repeat(size));
        text("unclosed characters", size -> "class A { char c = " + "'\n".repeat(size));
        text("unopened brackets", size -> "class A " + "}\n".repeat(size));
        text(
                "digits",
                size -> "class A { double d = 0x" + "f_".repeat(Math.min(size, 2_000)) + "fp"
                        + "9".repeat(Math.min(size, 900)) + "; }");
        source(
                "nothing",
                (number, random) -> java((number % 3 == 0 ? "" : number % 3 == 1 ? "\0" : " \n").repeat(number)
                        + (number % 3 == 0 ? "\t".repeat(number) : "")));
        source("zip files", (number, random) -> {
            byte[] bytes = random(random, size(number) + 4);
            System.arraycopy(new byte[] {'P', 'K', 3, 4}, 0, bytes, 0, 4);
            return Map.of("A.java", bytes);
        });
    }

    private void mutated() {
        source("flipped bits", (number, random) -> {
            byte[] bytes = HONEST.getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= number % 9; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            return Map.of("A.java", bytes);
        });
        source("shuffled tokens", (number, random) -> {
            List<String> tokens = tokens();
            for (int i = 0; i <= number * 2; i++) {
                Collections.swap(tokens, random.nextInt(tokens.size()), random.nextInt(tokens.size()));
            }
            return java(String.join("", tokens) + "\n// shuffled " + number);
        });
        source(
                "truncated sources",
                (number, random) -> java(HONEST.substring(0, 1 + random.nextInt(HONEST.length() - 1))));
        source("doubled parts", (number, random) -> {
            int from = random.nextInt(HONEST.length());
            int to = from + random.nextInt(HONEST.length() - from);
            return java(HONEST.substring(0, to)
                    + HONEST.substring(from, to).repeat(1 + size(number) / 99)
                    + HONEST.substring(to));
        });
        source("deleted tokens", (number, random) -> {
            List<String> tokens = tokens();
            for (int i = 0; i <= number % 7; i++) {
                tokens.remove(random.nextInt(tokens.size()));
            }
            return java(String.join("", tokens));
        });
        source("class files as sources", (number, random) -> Map.of("A.java", damaged(random, number)));
    }

    private void classFiles() {
        compiled("damaged class files", (number, random) -> {
            Map<String, byte[]> classes = new TreeMap<>(honestClasses);
            classes.put("A", damaged(random, number % 20));
            return classes;
        });
        compiled("truncated class files", (number, random) -> {
            byte[] whole = whole();
            return Map.of("A", Arrays.copyOf(whole, random.nextInt(whole.length)));
        });
        compiled("random class files", (number, random) -> {
            byte[] bytes = random(random, size(number) + 10);
            System.arraycopy(whole(), 0, bytes, 0, 10);
            return Map.of("A", bytes);
        });
        compiled("counts beyond the file", (number, random) -> {
            byte[] bytes = whole();
            int at = 8 + random.nextInt(bytes.length - 9);
            bytes[at] = (byte) 0xFF;
            bytes[at + 1] = (byte) 0xFF;
            return Map.of("A", bytes);
        });
        compiled("names of thousands of parts", (number, random) -> HostileClasses.longNames(size(number) % 30_000));
        compiled(
                "a class file of many members",
                (number, random) -> HostileClasses.members(size(number) % 10_000 + 1, number));
        compiled("circles of class files", (number, random) -> HostileClasses.circle(size(number) % 3_000 + 1, number));
    }

    private void compiled(String name, Maker maker) {
        families.add(new Family(name, true, maker));
    }

    private byte[] whole() {
        return honestClasses.get("A").clone();
    }

    private byte[] damaged(Random random, int times) {
        byte[] bytes = whole();
        for (int i = 0; i <= times; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return bytes;
    }

    private static byte[] random(Random random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    private static List<String> tokens() {
        return new ArrayList<>(Arrays.asList(HONEST.split("(?<=\\W)|(?=\\W)")));
    }
}
