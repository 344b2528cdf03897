package io.strategysandbox.core.validation;

import io.strategysandbox.core.compilation.CompilationResult;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.strategy.CompiledClasses;
import io.strategysandbox.core.strategy.SourceFile;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks the validator about one hostile input after another, in a JVM of its own whose memory is bounded. Writes a line
 * before each input and one after it, so that whoever waits knows over which one it was lost.
 */
final class HostileInputsRun {

    private final SecurityValidator validator = SecurityValidator.create();
    private final StrategyCompiler compiler;
    private final PrintStream out;

    private HostileInputsRun(StrategyCompiler compiler, PrintStream out) {
        this.compiler = compiler;
        this.out = out;
    }

    /**
     * Runs.
     *
     * @param args how many inputs; every how many-th of them is compiled, too; the file to write
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        int inputs = Integer.parseInt(args[0]);
        int compileEvery = Integer.parseInt(args[1]);
        try (StrategyCompiler compiler =
                        StrategyCompiler.open(ConfigLoader.defaults().sandbox().compiler(), List.of());
                PrintStream out = new PrintStream(args[2], StandardCharsets.UTF_8)) {
            HostileInputsRun run = new HostileInputsRun(compiler, out);
            HostileInputs hostile = new HostileInputs(run.honestClasses());
            out.println("families\t" + hostile.families());
            for (int i = 0; i < inputs; i++) {
                run.ask(i, hostile.input(i), (i / hostile.families() + i % hostile.families()) % compileEvery == 0);
            }
            out.println("peak\t" + peakKilobytes());
        }
    }

    private Map<String, byte[]> honestClasses() throws InterruptedException {
        List<SourceFile> honest =
                List.of(SourceFile.of("A.java", HostileInputs.HONEST.getBytes(StandardCharsets.UTF_8)));
        CompiledClasses classes = ((CompilationResult.Compiled) compiler.compile(honest)).classes();
        if (!validator
                .checkSources(honest)
                .and(validator.checkClasses(classes, honest))
                .accepted()) {
            throw new IllegalStateException("what the mutations begin with is refused");
        }
        Map<String, byte[]> bytes = new TreeMap<>();
        classes.names().forEach(name -> bytes.put(name, classes.bytes(name)));
        return bytes;
    }

    private void ask(int index, HostileInputs.Input input, boolean compile) throws InterruptedException {
        out.println("begin\t" + index + "\t" + input.family());
        List<SourceFile> sources = input.compiled()
                ? List.of()
                : new TreeMap<>(input.files())
                        .entrySet().stream()
                                .map(file -> SourceFile.of(file.getKey(), file.getValue()))
                                .toList();
        long cpu = cpuNanos();
        long start = System.nanoTime();
        String verdict = input.compiled()
                ? word(validator.checkClasses(CompiledClasses.of(input.files()), sources))
                : sources(sources, compile);
        long wallMs = (System.nanoTime() - start) / 1_000_000;
        long cpuMs = (cpuNanos() - cpu) / 1_000_000;
        out.println("end\t" + index + "\t" + input.family() + "\t" + hash(input) + "\t" + wallMs + "\t" + cpuMs + "\t"
                + verdict);
    }

    private String sources(List<SourceFile> sources, boolean compile) throws InterruptedException {
        ValidationReport report = validator.checkSources(sources);
        boolean refusedText = report.findings().stream()
                .anyMatch(finding ->
                        finding.layer() == Finding.Layer.TEXT && finding.severity() == Finding.Severity.DENY);
        if (refusedText || !compile) {
            return refusedText ? "text" : word(report);
        }
        CompilationResult result = compiler.compile(sources);
        return "compiled\t"
                + (result instanceof CompilationResult.Compiled compiled
                        ? word(report.and(validator.checkClasses(compiled.classes(), sources)))
                        : "error\t"
                                + ((CompilationResult.Failed) result)
                                        .messages()
                                        .get(0)
                                        .message()
                                        .lines()
                                        .findFirst()
                                        .orElse(""));
    }

    private static String word(ValidationReport report) {
        return report.accepted() ? "accepted" : "refused";
    }

    private static int hash(HostileInputs.Input input) {
        return input.files().entrySet().stream()
                .mapToInt(file -> 31 * file.getKey().hashCode() + Arrays.hashCode(file.getValue()))
                .sum();
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    /** {@return the most memory that this process ever had, of any kind; 0 where nobody tells} */
    private static long peakKilobytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                ? Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                : 0;
    }
}
