package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableNameTest {

    @Test
    void lettersWithoutAPictureAreSpelledOut() {
        assertThat(PrintableName.of("a\u3164\u115F\u1160\uFFA0\u200Db\u00FC\uAC00"))
                .isEqualTo("a\\u3164\\u115F\\u1160\\uFFA0\\u200Db\u00FC\uAC00");
    }
}
