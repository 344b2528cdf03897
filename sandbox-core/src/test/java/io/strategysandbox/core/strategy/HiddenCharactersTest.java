package io.strategysandbox.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiddenCharactersTest {

    @ParameterizedTest
    @ValueSource(
            ints = {0, 0x85, 0xAD, 0x115F, 0x1160, 0x200B, 0x2028, 0x202E, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xE0001})
    void whatIsInvisibleOrReordersTextIsKnown(int c) {
        assertThat(HiddenCharacters.contains(c)).isTrue();
        assertThat(HiddenCharacters.hides(Character.toString(c), 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {'\t', '\n', '\r', ' ', 'a', 0xE9, 0x0416, 0x5B57, 0x1F468})
    void whatIsSeenIsNot(int c) {
        assertThat(HiddenCharacters.contains(c)).isFalse();
    }

    /** What a joiner or a selector may belong to is no part of code, or what they hide would be. */
    @Test
    void whatMakesAPictureIsInNoWord() {
        int[] words = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> !HiddenCharacters.hides(Character.toString(c) + "\u200D", Character.charCount(c)))
                .filter(c -> Character.isJavaIdentifierPart(c) || c < 0x80)
                .toArray();
        assertThat(words).isEmpty();
        assertThat(Character.isJavaIdentifierPart(0x20E3)).isFalse();
    }
}
