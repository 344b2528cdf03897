package io.strategysandbox.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTextTest {

    @Test
    void lettersAndSymbolsWithoutAPictureAreShown() {
        assertThat(PrintableText.line("a\u3164\u115F\u1160\uFFA0\u2800b")).isEqualTo("a?????b");
        assertThat(PrintableText.line("\u26A0\uFE0F \u00E9 \uAC00")).isEqualTo("\u26A0\uFE0F \u00E9 \uAC00");
    }
}
