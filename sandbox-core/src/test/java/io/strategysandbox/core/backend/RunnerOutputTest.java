package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What is kept of a runner's output, how it is cleaned, and which of the JVM's words are heard. */
class RunnerOutputTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void headAndTailAreKeptHoweverMuchComes() {
        for (int length : new int[] {0, 3, 4, 5, 8, 9, 10, 11, 12, 1000}) {
            HeadAndTail kept = new HeadAndTail(4, 4);
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < length; i++) {
                String digit = Integer.toString(i % 10);
                all.append(digit);
                kept.add(bytes(digit), 1);
            }
            String text = all.toString();
            int head = Math.min(4, length);
            assertThat(kept.count()).isEqualTo(length);
            assertThat(kept.dropped()).isEqualTo(Math.max(0, length - 8));
            assertThat(new String(kept.head(), StandardCharsets.UTF_8)).isEqualTo(text.substring(0, head));
            assertThat(new String(kept.tail(), StandardCharsets.UTF_8))
                    .isEqualTo(text.substring(Math.max(head, length - 4)));
        }
    }

    @Test
    void nothingThatSteersATerminalIsLeft() {
        assertThat(CleanText.lines(bytes("a\tb\r\nc\u001b[2J\u202e\u0007"))).isEqualTo("a\tb\nc\ufffd[2J\ufffd\ufffd");
        assertThat(CleanText.line(" a\nb\t\u2028c \u00e9\ud83d\ude00")).isEqualTo("a b \ufffdc \u00e9\ud83d\ude00");
        assertThat(CleanText.lines(new byte[] {(byte) 0xff, 'x'})).isEqualTo("\ufffdx");
    }

    @Test
    void theJvmsWordsAreHeardAcrossReadsAndBehindWhatSomebodyPutInFrontOfThem() {
        for (String before : new String[] {"", "x", "a line\n", "x".repeat(5_000)}) {
            JvmWords words = new JvmWords();
            for (String part :
                    new String[] {before + "Terminating due to java.l", "ang.OutOfMemoryErro", "r: Metaspace"}) {
                assertThat(words.outOfMemory()).isFalse();
                words.add(bytes(part), bytes(part).length);
            }
            assertThat(words.outOfMemory()).isTrue();
            assertThat(words.threadRefused()).isFalse();
        }

        JvmWords warned = new JvmWords();
        byte[] line =
                bytes("[warning][os,thread] Failed to start thread \"Unknown thread\" with pthread_create: EAGAIN\n");
        warned.add(line, line.length);
        assertThat(warned.outOfMemory()).isFalse();
        assertThat(warned.threadRefused()).isTrue();
    }
}
