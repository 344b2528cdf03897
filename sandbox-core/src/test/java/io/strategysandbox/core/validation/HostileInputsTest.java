package io.strategysandbox.core.validation;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.testing.Jvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two thousand hostile inputs, each of which gets a verdict. Their text, trees and class files are checked in a JVM of its
 * own with bounded memory; every so many-th is compiled, too, and with {@code -Psoak} all are.
 *
 * <p>A verdict is due within 2 s of the host's processor time, the compilation of its own code included (few inputs need a
 * quarter of it); the compiler has a limit of its own. On the clock there is only a bound against hanging: what else the
 * machine does is not the input's doing.
 */
class HostileInputsTest {

    private static final Logger LOG = LoggerFactory.getLogger(HostileInputsTest.class);

    private static final int INPUTS = 2_000;
    private static final int COMPILE_EVERY = Integer.getInteger("sandbox.hostile.compileEvery", 10);
    private static final long MAX_CPU_MS = 2_000;
    private static final long MAX_WALL_MS = 30_000;
    private static final long MAX_KILOBYTES = 512 << 10;

    @TempDir
    private Path scratch;

    private record Verdict(String family, String input, long wallMs, long cpuMs, String words) {}

    @Test
    void eachGetsAVerdictInTimeAndInBoundedMemory() throws Exception {
        Path log = scratch.resolve("verdicts.tsv");
        Process process = Jvm.of(Jvm.HOME, List.of("-Xmx320m", "-XX:+UseSerialGC"), HostileInputsRun.class)
                .start("" + INPUTS, "" + COMPILE_EVERY, log.toString());
        try {
            assertThat(process.waitFor(COMPILE_EVERY == 1 ? 60 : 10, TimeUnit.MINUTES))
                    .as("ended, last: %s", lastOf(log))
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("exit, last: %s", lastOf(log)).isZero();
        List<String[]> lines = Files.readAllLines(log).stream()
                .map(line -> line.split("\t", 7))
                .toList();
        List<Verdict> verdicts = lines.stream()
                .filter(line -> line[0].equals("end"))
                .map(HostileInputsTest::verdict)
                .toList();
        tell(verdicts);

        assertThat(verdicts).hasSize(INPUTS);
        assertThat(verdicts.stream()
                        .collect(Collectors.groupingBy(
                                Verdict::input, Collectors.mapping(Verdict::family, Collectors.toList())))
                        .values())
                .as("the same twice")
                .allSatisfy(families -> assertThat(families).hasSize(1));
        assertThat(verdicts)
                .filteredOn(verdict -> verdict.cpuMs() > MAX_CPU_MS || verdict.wallMs() > MAX_WALL_MS)
                .as("too slow")
                .isEmpty();
        assertThat(verdicts)
                .filteredOn(verdict -> !verdict.words().matches("text|refused|accepted|compiled\t.+"))
                .as("without a verdict")
                .isEmpty();
        assertThat(verdicts)
                .filteredOn(verdict -> verdict.words().startsWith("compiled"))
                .hasSizeGreaterThan(50);
        assertThat(peakKilobytes(lines)).isLessThan(MAX_KILOBYTES);
    }

    private static Verdict verdict(String[] line) {
        String[] rest = line[6].split("\t", 2);
        return new Verdict(line[2], line[3], Long.parseLong(line[4]), Long.parseLong(line[5]), String.join("\t", rest));
    }

    private static long peakKilobytes(List<String[]> lines) {
        return lines.stream()
                .filter(line -> line[0].equals("peak"))
                .mapToLong(line -> Long.parseLong(line[1]))
                .findFirst()
                .orElseThrow();
    }

    private static String lastOf(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1);
    }

    /** The slowest of each of the slowest families. */
    private static void tell(List<Verdict> verdicts) {
        Map<String, Verdict> slowest = new TreeMap<>();
        verdicts.forEach(
                verdict -> slowest.merge(verdict.family(), verdict, (a, b) -> a.wallMs() >= b.wallMs() ? a : b));
        List<Verdict> order = new ArrayList<>(slowest.values());
        order.sort(Comparator.comparingLong(Verdict::wallMs).reversed());
        LOG.warn(
                "{} inputs of {} families, {} ms in all",
                verdicts.size(),
                slowest.size(),
                verdicts.stream().mapToLong(Verdict::wallMs).sum());
        order.stream()
                .limit(8)
                .forEach(verdict -> LOG.warn(
                        "{}: {} ms, of them {} ms of the host's processor, {}",
                        verdict.family(),
                        verdict.wallMs(),
                        verdict.cpuMs(),
                        verdict.words()));
    }
}
