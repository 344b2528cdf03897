package io.strategysandbox.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestReaderTest {

    @Test
    void readsEveryKey() {
        Manifest manifest = manifest("""
                name: sma-crossover
                entry: my.pkg.SmaCrossover
                data: { trades: sub/trades.csv, bars: 1h }
                direction: short
                cash: 2.5e3
                sizing: { units: 3 }
                closeAtEnd: true
                costs: { commission: 0.001, slippageBps: 2 }
                expect: { trades: ">= 3", maxDrawdown: "<0.35" }
                tags: [trend, with-stops, 'größer']
                limits: { timeout: 60s }
                """);
        assertThat(manifest.name()).isEqualTo("sma-crossover");
        assertThat(manifest.entry()).contains("my.pkg.SmaCrossover");
        assertThat(manifest.data())
                .contains(new Manifest.DataSource("sub/trades.csv", Optional.of(Duration.ofHours(1))));
        assertThat(manifest.direction()).isEqualTo(Manifest.Direction.SHORT);
        assertThat(manifest.cash()).isEqualTo(2_500);
        assertThat(manifest.sizing()).isEqualTo(new Manifest.Sizing.Units(3));
        assertThat(manifest.closeAtEnd()).isTrue();
        assertThat(manifest.costs()).isEqualTo(new Manifest.Costs(0.001, 2));
        assertThat(manifest.expectations())
                .containsExactly(
                        new Manifest.Expectation("trades", Manifest.Comparison.AT_LEAST, 3),
                        new Manifest.Expectation("maxDrawdown", Manifest.Comparison.LESS, 0.35));
        assertThat(manifest.tags()).containsExactly("trend", "with-stops", "größer");
        assertThat(manifest.timeout()).contains(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "# only a comment",
                "name:\nentry: \nlimits: { timeout: }\n",
                "\uFEFFcash: 10000\r\ncosts:\r\nsizing: ~\r\nparams: {}\r\n"
            })
    void whatIsNotGivenHasItsDefault(String text) {
        Manifest manifest = manifest(text);
        assertThat(manifest.name()).isEqualTo("folder-name");
        assertThat(manifest.entry()).isEmpty();
        assertThat(manifest.data()).isEmpty();
        assertThat(manifest.direction()).isEqualTo(Manifest.Direction.LONG);
        assertThat(manifest.cash()).isEqualTo(10_000);
        assertThat(manifest.sizing()).isEqualTo(new Manifest.Sizing.Equity());
        assertThat(manifest.costs()).isEqualTo(new Manifest.Costs(0, 0));
        assertThat(manifest.tags()).isEmpty();
        assertThat(manifest.timeout()).isEmpty();
    }

    @Test
    void parametersKeepTheirTypes() {
        Manifest manifest = manifest("""
                params:
                  whole: 30
                  largest: 9223372036854775807
                  negative: -7
                  decimal: 0.5
                  exponent: 1.5e-3
                  flag: true
                  negated: no
                  text: SPY
                  quoted: "30"
                  day: 2020-01-31
                  empty:
                """);
        assertThat(manifest.parameters().asMap())
                .containsEntry("whole", 30L)
                .containsEntry("largest", Long.MAX_VALUE)
                .containsEntry("negative", -7L)
                .containsEntry("decimal", 0.5)
                .containsEntry("exponent", 0.0015)
                .containsEntry("flag", true)
                .containsEntry("negated", false)
                .containsEntry("text", "SPY")
                .containsEntry("quoted", "30")
                .containsEntry("day", "2020-01-31")
                .doesNotContainKey("empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nmae: x                        | nmae is not a known key; did you mean 'name'? (allowed are: cash, closeAtEnd
            costs: { comission: 0 }        | costs.comission is not a known key; did you mean 'commission'?
            limits: { memory: 1GiB }       | limits.memory is not a known key (allowed are: timeout)
            name: 'a/b'                    | name is 'a/b'; allowed are up to 100 letters
            name: ../x                     | name is '../x'
            name: [a]                      | name must be a single value
            name: "a\\e[31mb"              | name is 'a\\u001B[31mb'
            entry: my-class                | entry is 'my-class'; it must be a class name
            data: ../../etc/passwd         | data is '../../etc/passwd'; it must be a path below
            data: /etc/passwd              | data is '/etc/passwd'; it must be a path below
            data: a/../../b.csv            | it must be a path below
            data: 'C:\\x.csv'              | it must be a path below
            data: "a\\0b.csv"              | data is 'a\\u0000b.csv'
            data: { trades: ../x, bars: 1h } | data.trades is '../x'
            data: { trades: x }            | data must be a file of bars, or
            data: { trades: x, bars: 8d }  | data.bars is '8d'
            data: { bars: 1h }             | data must be a file of bars, or
            data: [a.csv]                  | data must be a single value
            direction: up                  | direction is 'up'; allowed is one of long, short
            cash: -1                       | cash is '-1'; allowed is a number from 0.01 to 1e15
            cash: 2.52e-321                | cash is '2.52e-321'; allowed is a number from 0.01 to 1e15
            sizing: { units: 1e-320 }      | sizing.units is '1e-320'; allowed is a number from 1e-9 to 1e15
            cash: 0                        | cash is '0'
            cash: lots                     | cash is 'lots'
            cash: .inf                     | cash is '.inf'
            cash: .nan                     | cash is '.nan'
            cash: 1e999                    | cash is '1e999'
            sizing: foo                    | sizing must be equity, whole, or { units: N }
            sizing: { units: 0 }           | sizing.units is '0'
            sizing: { units: }             | sizing must be equity, whole, or { units: N }
            closeAtEnd: maybe              | closeAtEnd is 'maybe'; allowed is one of false, true
            costs: 5                       | costs must be a mapping
            costs: { commission: 1 }       | costs.commission is '1'
            costs: { commission: -0.1 }    | costs.commission is '-0.1'
            costs: { slippageBps: 10000 }  | costs.slippageBps is '10000'
            expect: { trades: 3 }          | expect.trades must be a comparison
            expect: { trades: "~ 3" }      | expect.trades must be a comparison
            expect: [a]                    | expect must be a mapping
            tags: slow                     | tags must be a list
            tags: [two words]              | tags has the entry 'two words'; allowed is a word without blanks
            tags: ['']                     | tags has the entry ''
            tags: ['a&b']                  | tags has the entry 'a&b'
            tags: [a, "b\u00A0c"]         | tags has the entry
            tags: [any()]                  | tags has the entry 'any()'
            limits: { timeout: 60 }        | limits.timeout is '60'; allowed is a time such as
            limits: { timeout: 0s }        | limits.timeout is '0s'
            limits: { timeout: -5s }       | limits.timeout is '-5s'
            limits: { timeout: 8d }        | limits.timeout is '8d'
            limits: { timeout: 1000h }     | limits.timeout is '1000h'
            params: { a: [1] }             | params.a must be a single value
            params: { a: { b: 1 } }        | params.a must be a single value
            params: { a: 1e999 }           | params.a is '1e999'
            params: { a: 9223372036854775808 } | params.a is '9223372036854775808'; allowed is a whole number
            params: [a]                    | params must be a mapping
            params: { a: !!javax.script.ScriptEngineManager [x] } | is not YAML: Global tag is not allowed
            params: { a: !mine x }         | params.a has the tag '!mine'
            params: { ? [a] : 1 }          | a key must be a plain word
            'cash: *x'                     | is not YAML: found undefined alias
            '{ cash: 1'                    | is not YAML
            '- cash'                       | the file must be a mapping
            """)
    void whatCannotBeUsedIsNamedWithItsLine(String line, String message) {
        List<Problem> problems = problems("# a comment\n" + line + "\n");
        assertThat(problems).anySatisfy(problem -> {
            assertThat(problem.rule()).isEqualTo("manifest-invalid");
            assertThat(problem.path()).isEqualTo("s/strategy.yaml");
            assertThat(problem.line()).isBetween(2, 3);
            assertThat(problem.message()).contains(message);
        });
    }

    @ParameterizedTest
    @CsvSource({"111, ", "1, .", ".1, ", "0.1, 1."})
    @Timeout(10)
    void aComparisonOfThousandsOfDigitsTakesNoTime(String part, String before) {
        String digits = (before == null ? "" : before) + part.repeat(50_000);
        assertThat(problems("expect: { trades: \">= " + digits + "x\" }"))
                .anySatisfy(problem -> assertThat(problem.message()).contains("must be a comparison"));
    }

    @Test
    void aManifestThatIsMostlyCommentsHasAnEndToo() {
        assertThat(problems("name: s\n#" + "x".repeat(300_000)))
                .anySatisfy(problem ->
                        assertThat(problem.message()).contains("has more than 262144 characters; shorten it"));
    }

    @Test
    void findsAllProblemsInOneGoAndKeysGivenTwice() {
        List<Problem> problems = problems("cash: -1\nsizing: foo\ncash: 5\nsize: 1\n");
        assertThat(problems).extracting(Problem::line).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem.message()).isEqualTo("cash is given twice; keep one"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: &a [x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nparams: { d: *c }",
                "params: &p { a: *p }",
                "a: b\n--- \nc: d",
                "name: \"\u0001\"",
                "\t\tname: x"
            })
    void hostileYamlIsAProblem(String text) {
        assertThat(problems(text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "a.", "!x ", "? "})
    void depthAndLengthAreBounded(String part) {
        List<Problem> problems = problems("entry: " + part.repeat(60_000));
        assertThat(problems).isNotEmpty();
        assertThat(problems).allSatisfy(problem -> assertThat(problem.message()).hasSizeLessThan(500));
    }

    private static Manifest manifest(String text) {
        ManifestReader.Reading reading = ManifestReader.read("s/strategy.yaml", "folder-name", text);
        assertThat(reading.problems()).isEmpty();
        return reading.manifest().orElseThrow();
    }

    private static List<Problem> problems(String text) {
        ManifestReader.Reading reading = ManifestReader.read("s/strategy.yaml", "folder-name", text);
        assertThat(reading.manifest()).isEmpty();
        return reading.problems();
    }

    /** A reader of YAML ends lines where no editor does. */
    @ParameterizedTest
    @ValueSource(strings = {"\u0085", "\u2028", "\u2029", "\u202E", "\u3164", "\u200B"})
    void aManifestSaysWhatItShows(String hidden) {
        String text = "name: a\r\ndirection: long\n# realistic" + hidden + "costs: { commission: 0.5 }\n";
        assertThat(ManifestReader.read("s/strategy.yaml", "folder-name", text).problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.rule()).isEqualTo("manifest-invalid");
                    assertThat(problem.line()).isEqualTo(3);
                    assertThat(problem.column()).isEqualTo(12);
                    assertThat(problem.message())
                            .contains(String.format("U+%04X", (int) hidden.charAt(0)), "delete it");
                });
    }

    @Test
    void picturesInTheCommentsOfAManifestAreFine() {
        assertThat(manifest("# \u26A0\uFE0F 1\uFE0F\u20E3 \uD83D\uDC68\u200D\uD83D\uDCBB\ncash: 5")
                        .cash())
                .isEqualTo(5);
    }
}
