package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.core.verdict.Verdict.InternalFailure;
import io.strategysandbox.core.verdict.Verdict.Ok;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/**
 * A run as a test report in Surefire's format, for the tools that show test results. A strategy is a test case; any
 * verdict but OK is a failure, except one that is not the strategy's fault, which is an error.
 */
public final class JunitXml {

    /** The suite's name. */
    public static final String SUITE = "sandbox";

    private static final String SCHEMA =
            "https://maven.apache.org/surefire/maven-surefire-plugin/xsd/surefire-test-report.xsd";

    private JunitXml() {}

    /**
     * A whole report as XML.
     *
     * @param report the report
     * @return UTF-8
     */
    public static byte[] of(RunReport report) {
        List<String> cases =
                report.strategies().stream().map(JunitXml::testCase).toList();
        return document(report.run(), report.strategies(), report.notStarted(), cases);
    }

    /**
     * A report of parts made earlier.
     *
     * @param run what is said about the run as a whole
     * @param results the results so far
     * @param unfinished the names of the strategies without a result
     * @param cases {@link #testCase} of each of them
     * @return UTF-8
     */
    static byte[] document(
            RunInfo run, Collection<BacktestResult> results, Collection<String> unfinished, Collection<String> cases) {
        long errors = results.stream()
                .filter(result -> result.verdict() instanceof InternalFailure)
                .count();
        long passed = results.stream()
                .filter(result -> result.verdict() instanceof Ok)
                .count();
        long millis =
                results.stream().mapToLong(result -> result.timings().totalMs()).sum();
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite");
        attribute(xml, "xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
        attribute(xml, "xsi:noNamespaceSchemaLocation", SCHEMA);
        attribute(xml, "version", "3.0.2");
        attribute(xml, "name", SUITE);
        attribute(xml, "time", seconds(millis));
        attribute(xml, "tests", Integer.toString(results.size() + unfinished.size()));
        attribute(xml, "errors", Long.toString(errors));
        attribute(xml, "skipped", Integer.toString(unfinished.size()));
        attribute(xml, "failures", Long.toString(results.size() - passed - errors));
        xml.append(">\n  <properties>\n");
        property(xml, "sandbox.run", run.id());
        property(xml, "sandbox.backend", run.backend());
        run.image().ifPresent(image -> property(xml, "sandbox.image", image));
        if (!run.notEnforced().isEmpty()) {
            property(xml, "sandbox.notEnforced", String.join(", ", run.notEnforced()));
        }
        xml.append("  </properties>\n");
        cases.forEach(xml::append);
        unfinished.forEach(name -> skipped(xml, name));
        return xml.append("</testsuite>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * One strategy's part.
     *
     * @param result its result
     * @return XML
     */
    static String testCase(BacktestResult result) {
        StringBuilder xml = new StringBuilder("  <testcase");
        attribute(xml, "name", result.name());
        attribute(xml, "classname", className(result.directory()));
        attribute(xml, "time", seconds(result.timings().totalMs()));
        xml.append(">\n");
        Verdict verdict = result.verdict();
        if (!(verdict instanceof Ok)) {
            String kind = verdict instanceof InternalFailure ? "error" : "failure";
            xml.append("    <").append(kind);
            attribute(xml, "message", PrintableText.bounded(verdict.summary()));
            attribute(xml, "type", verdict.id());
            xml.append('>');
            escape(xml, ResultText.reasons(result), false);
            xml.append("</").append(kind).append(">\n");
        }
        element(xml, "system-out", ResultText.printed(result.evidence()));
        element(xml, "system-err", result.evidence().runnerErrors());
        return xml.append("  </testcase>\n").toString();
    }

    private static void skipped(StringBuilder xml, String name) {
        xml.append("  <testcase");
        attribute(xml, "name", name);
        attribute(xml, "classname", SUITE);
        attribute(xml, "time", seconds(0));
        xml.append(">\n    <skipped");
        attribute(xml, "message", "the run ended before it");
        xml.append("/>\n  </testcase>\n");
    }

    // Tools split a class name at its dots into packages, so folders of strategies show as such.
    private static String className(String directory) {
        String name = directory.replace('/', '.');
        return name.isEmpty() || name.equals(".") ? SUITE : name;
    }

    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString();
    }

    private static void property(StringBuilder xml, String name, String value) {
        xml.append("    <property");
        attribute(xml, "name", name);
        attribute(xml, "value", value);
        xml.append("/>\n");
    }

    private static void element(StringBuilder xml, String name, String text) {
        if (!text.isEmpty()) {
            xml.append("    <").append(name).append('>');
            escape(xml, text, false);
            xml.append("</").append(name).append(">\n");
        }
    }

    private static void attribute(StringBuilder xml, String name, String value) {
        xml.append(' ').append(name).append("=\"");
        escape(xml, value, true);
        xml.append('"');
    }

    private static void escape(StringBuilder xml, String text, boolean attribute) {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                // A parser turns these into a line end or a space unless they are written as numbers.
                case '\r' -> xml.append("&#13;");
                case '\n', '\t' -> xml.append(attribute ? "&#" + c + ";" : String.valueOf((char) c));
                default -> {
                    if (!legal(c)) {
                        xml.append(PrintableText.escape(c));
                    } else if (PrintableText.invisible(c)) {
                        xml.append("&#").append(c).append(';');
                    } else {
                        xml.appendCodePoint(c);
                    }
                }
            }
        }
    }

    // XML 1.0, production 2; what is not in it cannot be written, not even as a number.
    private static boolean legal(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000;
    }
}
