package io.strategysandbox.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strategysandbox.core.backtest.Expectations;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.Manifest.Expectation;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Surefire's report shows each strategy by its name. Run by the build after the tests, not as one of them. */
class SurefireReportsCheck {

    private static final String SUITE = StrategyDirectoriesTest.class.getName();

    @Test
    void eachStrategyIsANamedTest() throws Exception {
        assumeTrue(System.getProperty("chosen.tests", "").isEmpty(), "only some tests were run");
        Path report = Examples.ROOT.resolve("target/surefire-reports/TEST-" + SUITE + ".xml");
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        List<String> names = new ArrayList<>();
        for (int i = 0; i < cases.getLength(); i++) {
            Element testCase = (Element) cases.item(i);
            assertThat(testCase.getAttribute("classname")).isEqualTo(SUITE);
            assertThat(Stream.of("failure", "error", "skipped")
                            .mapToInt(
                                    kind -> testCase.getElementsByTagName(kind).getLength()))
                    .as(testCase.getAttribute("name"))
                    .containsOnly(0);
            names.add(testCase.getAttribute("name"));
        }

        assertThat(names).containsExactlyInAnyOrderElementsOf(expectedNames());
    }

    private static List<String> expectedNames() {
        List<String> names = new ArrayList<>();
        for (Candidate candidate : StrategyDiscovery.discover(Examples.ROOT.resolve("strategies"))) {
            names.add(candidate.directory() + " validate");
            names.add(candidate.directory() + " backtest");
            List<Expectation> expectations =
                    ((Candidate.Loaded) candidate).strategy().manifest().expectations();
            expectations.forEach(
                    expectation -> names.add(candidate.directory() + " expect " + Expectations.text(expectation)));
        }
        assertThat(names).hasSizeGreaterThan(50);
        return names;
    }
}
