package io.strategysandbox.core.backend.docker;

import static io.strategysandbox.core.backend.docker.Attack.ok;
import static io.strategysandbox.core.backend.docker.Attack.onBar;
import static io.strategysandbox.core.backend.docker.Attack.outputLimit;
import static io.strategysandbox.core.backend.docker.Attack.violation;
import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.RunOutcome;
import java.util.List;
import java.util.function.Consumer;

/** Saying too much, and saying what only a runner may say. */
final class OutputAttacks {

    private static final String RAW = "var o = new FileOutputStream(FileDescriptor.out); o.write(%s);";

    private OutputAttacks() {}

    static List<Attack> all() {
        return List.of(
                onBar("standard output without end", "while (yes()) System.out.println(\"again\");", outputLimit()),
                onBar("standard error without end", "while (yes()) System.err.println(\"again\");", outputLimit()),
                onBar("standard error without end, past System.err", """
                        var e = new FileOutputStream(FileDescriptor.err); while (yes()) e.write(new byte[8192]);""", outputLimit()),
                onBar("a gigabyte without a line's end", """
                        byte[] much = new byte[1 << 20]; Arrays.fill(much, (byte) 'x');
                        for (int n = 0; n < 1024; n++) System.out.write(much);""", outputLimit()),
                onBar("a gigabyte at the end of a thread", """
                        Thread t = new Thread(() -> { while (yes()) System.out.print("x".repeat(100_000)); }); t.start(); t.join();""", outputLimit()),
                onBar("standard output without end, past System.out", """
                        var o = new FileOutputStream(FileDescriptor.out); while (yes()) o.write(new byte[8192]);""", violation()),
                onBar(
                        "a result, as it would look with a tag",
                        forged("0, 0, 0, 4, 6, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8"),
                        violation()),
                onBar("a result, without a tag", forged("0, 0, 0, 4, 6, 0, 0, 0, 3"), violation()),
                onBar(
                        "a second greeting",
                        forged("0, 0, 0, 12, 1, 0x53, 0x53, 0x42, 0x58, 0, 0, 0, 1, 0, 2, 49, 55"),
                        violation()),
                onBar("a frame of an unknown type", forged("0, 0, 0, 1, 99, 0, 1, 2, 3, 4, 5, 6, 7, 8"), violation()),
                onBar("a frame longer than any", forged("127, -1, -1, -1, 3"), violation()),
                onBar("a frame of negative length", forged("-1, -1, -1, -1, 3"), violation()),
                onBar("a result in words", RAW.formatted("\"sharpe: 99\\n\".repeat(9).getBytes()"), violation()),
                onBar("a result, printed", """
                        System.out.write(new byte[] {0, 0, 0, 4, 6, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8});""", ok()),
                onBar(
                        "the runner's own frames, through its classes",
                        """
                        Class.forName("io.strategysandbox.runner.Outbox");""",
                        Attack.error("is not the strategy's to use")),
                onBar("the runner's own frames, through its threads", """
                        for (var field : Thread.class.getDeclaredFields()) field.setAccessible(true);""", Attack.error("InaccessibleObjectException")),
                onBar(
                        "escapes that steer a terminal",
                        """
                        System.out.print("a\\033[2J\\033]0;mine\\007b\\u202Ec\\u0000d\\r\\u009b31me");""",
                        shown("a\ufffd[2J\ufffd]0;mine\ufffdb\ufffdc\ufffdd\ufffd31me")),
                onBar(
                        "bytes that are no text",
                        """
                        System.out.write(new byte[] {'a', (byte) 0xff, (byte) 0xc0, (byte) 0xaf, (byte) 0xed, (byte) 0xa0, (byte) 0x80, 'b'});""",
                        ok().andThen(outcome ->
                                assertThat(outcome.evidence().outputHead()).matches("(a\ufffd+b){3}"))));
    }

    private static String forged(String bytes) {
        return RAW.formatted("new byte[] {" + bytes + "}");
    }

    /** Three bars, three times. */
    private static Consumer<RunOutcome> shown(String text) {
        return ok().andThen(
                        outcome -> assertThat(outcome.evidence().outputHead()).isEqualTo(text.repeat(3)));
    }
}
