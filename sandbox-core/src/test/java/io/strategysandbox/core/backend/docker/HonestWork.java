package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.docker.Attack.ok;
import static io.strategysandbox.core.backend.docker.Attack.okPrinting;
import static io.strategysandbox.core.backend.docker.Attack.onBar;

import java.util.List;
import java.util.Random;

/** What strategies do that mean no harm, each in a way that makes a JVM ask the kernel for something else. */
final class HonestWork {

    private HonestWork() {}

    static List<Attack> all() {
        return List.of(
                onBar("indicators of the library", """
                        ClosePriceIndicator close = new ClosePriceIndicator(h);
                        SMAIndicator slow = new SMAIndicator(close, 3);
                        EMAIndicator fast = new EMAIndicator(close, 2);
                        RSIIndicator strength = new RSIIndicator(close, 2);
                        int last = h.getEndIndex();
                        double value = slow.getValue(last).plus(fast.getValue(last)).plus(strength.getValue(last)).doubleValue();
                        if (Double.isNaN(value)) throw new IllegalStateException("no number");""", ok()),
                onBar("exact numbers", """
                        java.math.BigDecimal x = java.math.BigDecimal.ONE;
                        for (int n = 1; n < 2000; n++)
                          x = x.add(java.math.BigDecimal.ONE.divide(new java.math.BigDecimal(n), java.math.MathContext.DECIMAL128));
                        System.out.print("sum " + x.intValue());""", okPrinting("sum 9")),
                onBar("streams and collectors", """
                        Map<Integer, Long> byRest = java.util.stream.IntStream.range(0, 100_000).boxed()
                            .collect(java.util.stream.Collectors.groupingBy(n -> n % 7, TreeMap::new,
                                java.util.stream.Collectors.counting()));
                        System.out.print(byRest.size() + " groups");""", okPrinting("7 groups")),
                onBar("text, dates and patterns", """
                        String text = String.format(Locale.ROOT, "%.3f %s", 1.5,
                            java.time.LocalDate.of(2024, 2, 29).plusYears(1));
                        if (!java.util.regex.Pattern.matches("[0-9.]+ 2025-02-28", text)) throw new IllegalStateException(text);""", ok()),
                onBar("dates in a time zone", """
                        System.out.print(java.time.ZonedDateTime.of(2024, 7, 1, 9, 30, 0, 0,
                            java.time.ZoneId.of("America/New_York")).toInstant());""", okPrinting("2024-07-01T13:30:00Z")),
                onBar("garbage, a gibibyte of it", """
                        long sum = 0;
                        for (int n = 0; n < 4096; n++) sum += new byte[1 << 18].length;
                        System.out.print(sum >> 30);""", okPrinting("1")),
                onBar("a heap that is nearly full", """
                        List<byte[]> kept = new ArrayList<>();
                        Runtime r = Runtime.getRuntime();
                        while (r.maxMemory() - r.totalMemory() + r.freeMemory() > (32 << 20)) kept.add(new byte[1 << 20]);
                        System.out.print(kept.size() > 10 ? "kept" : "nothing");""", okPrinting("kept")),
                onBar("deep recursion that is caught", """
                        try { attack(h); } catch (StackOverflowError e) { System.out.print("deep"); }""", okPrinting("deep")),
                onBar("deep recursion that prints, again and again", """
                        int caught = 0;
                        for (int n = 0; n < 8; n++)
                          try { down(n); } catch (StackOverflowError e) { caught++; }
                        if (caught != 8) throw new IllegalStateException("caught " + caught); return 1; }
                        static int down(int n) { System.out.println(); return down(n + 1) + 1; }
                        double never() {
                        if (yes()) return 1;""", ok()),
                onBar("exceptions with traces", """
                        int caught = 0;
                        for (int n = 0; n < 20_000; n++)
                          try { Integer.parseInt("x" + n); } catch (NumberFormatException e) { caught += e.getStackTrace().length > 0 ? 1 : 0; }
                        System.out.print(caught);""", okPrinting("20000")),
                onBar("much arithmetic, so that it is compiled", """
                        double x = 0;
                        for (int n = 1; n < 30_000_000; n++) x += Math.sin(n) / n;
                        if (!(x > 1 && x < 1.1)) throw new IllegalStateException("x = " + x);""", ok()),
                onBar("random numbers by seed", """
                        System.out.print("drawn " + new Random(42).nextInt(1_000_000));""", okPrinting("drawn " + new Random(42).nextInt(1_000_000))),
                onBar("lambdas upon lambdas", """
                        java.util.function.DoubleUnaryOperator f = x -> x;
                        for (int n = 0; n < 500; n++) { double add = n; java.util.function.DoubleUnaryOperator g = f; f = x -> g.applyAsDouble(x) + add; }
                        System.out.print(f.applyAsDouble(1));""", okPrinting("124751.0")));
    }
}
