package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BracketsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "([{",
                "// hm :-(\n([{",
                "// hm :-(\r([{",
                "/* ((( */([{",
                "/*/ ((( */([{",
                "/** ((( **/([{",
                "a / b ([{",
                "a / /* ( */ b ([{",
                "\"(\"([{",
                "\"\"([{",
                "\"\\\"(\"([{",
                "\"\\\\\"([{",
                "'('([{",
                "'\\''([{",
                "'\"'([{",
                "\"'\"([{",
                "\"/*\"([{",
                "\"//\"([{",
                "\"\"\"\n((( \" \"\" \\\"\"\" (((\n\"\"\"([{",
                "\"\"\"\n(((\"\"\"([{",
                "\"\" + \"\"([{",
                "((\"(\"))([{",
                "())([{",
                "\"unclosed (\n([{",
                "x\uD83D\uDE00([{",
            })
    void thoseOfTheCodeCount(String text) {
        Brackets brackets = new Brackets();
        text.codePoints().forEach(brackets::next);
        assertThat(brackets.depth()).isEqualTo(3);
    }
}
