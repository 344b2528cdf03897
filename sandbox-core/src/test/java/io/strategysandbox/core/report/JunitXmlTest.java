package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Against the schema that Surefire publishes; the build unpacks it from Surefire's source release. */
class JunitXmlTest {

    @Test
    void everyVerdictIsAPassAFailureOrAnError() throws Exception {
        List<BacktestResult> results = new ArrayList<>();
        SampleResults.verdicts("why").forEach(verdict -> results.add(SampleResults.ended(verdict.id(), verdict)));

        Element suite = valid(JunitXml.of(new RunReport(SampleResults.run(), results, List.of("never"))));

        Map<String, String> outcomes = new LinkedHashMap<>();
        for (Element testCase : children(suite, "testcase")) {
            List<String> kinds = new ArrayList<>();
            for (String kind : List.of("failure", "error", "skipped")) {
                children(testCase, kind).forEach(found -> kinds.add(kind + " " + found.getAttribute("type")));
            }
            outcomes.put(testCase.getAttribute("name"), String.join(",", kinds).strip());
        }
        Map<String, String> expected = new LinkedHashMap<>();
        expected.put("OK", "");
        for (Verdict verdict : SampleResults.verdicts("why").subList(1, 10)) {
            expected.put(verdict.id(), "failure " + verdict.id());
        }
        expected.put("INTERNAL_ERROR", "error INTERNAL_ERROR");
        expected.put("never", "skipped");
        assertThat(outcomes).containsExactlyEntriesOf(expected);
        assertThat(List.of("tests", "failures", "errors", "skipped"))
                .extracting(suite::getAttribute)
                .containsExactly("12", "9", "1", "1");
    }

    @Test
    void aFailureNamesFileAndLineFromTheFolderThatWasSearched() throws Exception {
        Element suite = valid(JunitXml.of(SampleResults.report(
                SampleResults.ended("refused", SampleResults.rejected("reads a file")),
                SampleResults.ended("throws", SampleResults.verdicts("why").get(4)))));

        assertThat(children(suite, "testcase"))
                .extracting(testCase -> children(testCase, "failure").get(0).getTextContent())
                .containsExactly(
                        "refused/A.java:3: file-read: reads a file\n",
                        "bar 6: java.lang.Error: why at A.f(A.java:12)\n\tat A.f(A.java:12)\n");
    }

    @Test
    void textThatXmlCannotHoldIsWrittenOut() throws Exception {
        byte[] xml = JunitXml.of(SampleResults.report(
                SampleResults.printed("prints", SampleResults.NASTY, SampleResults.NASTY),
                SampleResults.ended("refused", SampleResults.rejected(SampleResults.NASTY))));

        Element suite = valid(xml);

        String readable = SampleResults.NASTY
                .replace("\u0000", "\\u0000")
                .replace("\u001b", "\\u001B")
                .replace("\ufffe", "\\uFFFE")
                .replace("\ud800", "\\uD800");
        assertThat(children(suite, "testcase").get(0))
                .satisfies(testCase -> assertThat(
                                children(testCase, "system-out").get(0).getTextContent())
                        .isEqualTo(readable))
                .satisfies(testCase -> assertThat(
                                children(testCase, "system-err").get(0).getTextContent())
                        .isEqualTo(readable));
        assertThat(children(children(suite, "testcase").get(1), "failure")
                        .get(0)
                        .getAttribute("message"))
                .isEqualTo("A.java:3: " + readable);
        assertThat(new String(xml, StandardCharsets.UTF_8).codePoints())
                .filteredOn(c -> c != '\n' && PrintableText.invisible(c))
                .isEmpty();
    }

    @Test
    void outputIsSaidToBeCutOnlyIfItWas() throws Exception {
        Element suite = valid(JunitXml.of(SampleResults.report(
                SampleResults.printed("whole", 8, 0, "\u00e9\u00e9", "\u00e9\u00e9"),
                SampleResults.printed("cut", 9, 5, "ab", "yz"))));

        assertThat(children(suite, "testcase"))
                .extracting(testCase -> children(testCase, "system-out").get(0).getTextContent())
                .containsExactly("\u00e9\u00e9\u00e9\u00e9", "ab\n[... 5 of 9 bytes were not kept ...]\nyz");
    }

    @Test
    void hugeTextsAreCut() throws Exception {
        for (Verdict verdict : SampleResults.verdicts("x".repeat(2_000_000))) {
            byte[] xml = JunitXml.of(SampleResults.report(SampleResults.ended("a", verdict)));
            valid(xml);
            assertThat(xml.length).as(verdict.id()).isLessThan(60_000);
        }
    }

    @Test
    void theRunIsDescribedByProperties() throws Exception {
        Element suite = valid(JunitXml.of(SampleResults.report()));

        assertThat(children(children(suite, "properties").get(0), "property"))
                .extracting(property -> property.getAttribute("name") + "=" + property.getAttribute("value"))
                .containsExactly(
                        "sandbox.run=run-1",
                        "sandbox.backend=docker",
                        "sandbox.image=image:1",
                        "sandbox.notEnforced=memory, pids");
    }

    private static Element valid(byte[] xml) throws Exception {
        SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        Schema schema = factory.newSchema(
                Path.of("target", "surefire-schema", "surefire-test-report.xsd").toFile());
        schema.newValidator().validate(new StreamSource(new ByteArrayInputStream(xml)));
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(xml));
        return document.getDocumentElement();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        NodeList all = parent.getChildNodes();
        for (int i = 0; i < all.getLength(); i++) {
            if (all.item(i) instanceof Element child && child.getTagName().equals(name)) {
                children.add(child);
            }
        }
        return children;
    }
}
