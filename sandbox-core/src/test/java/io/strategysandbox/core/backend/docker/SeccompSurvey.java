package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.Job;
import io.strategysandbox.core.backend.RunOutcome;
import io.strategysandbox.core.backend.RunnerLaunch;
import io.strategysandbox.core.backend.RunnerSession;
import io.strategysandbox.core.backend.StrategyCode;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.host.FileTrees;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Which system calls runners make, and whether a seccomp profile is the list of them: strategies that end well and badly
 * run below strace on several JDKs and with several collectors, and what was seen is compared with what is allowed. See
 * docs/security/seccomp.md.
 */
final class SeccompSurvey {

    private static final Map<String, List<String>> COLLECTORS = Map.of(
            "Serial", List.of(),
            "Parallel", List.of("-XX:-UseSerialGC", "-XX:+UseParallelGC"),
            "G1", List.of("-XX:-UseSerialGC", "-XX:+UseG1GC"));

    /** What is asked for and refused all the same, and why nothing is lost. */
    private static final Map<String, String> REFUSED = new TreeMap<>(Map.ofEntries(
            Map.entry("clone3", "answered with ENOSYS: libc takes clone"),
            Map.entry("getrusage", "collectors other than Serial tell the processor time of a pause"),
            Map.entry("prctl", "threads get no names in /proc"),
            Map.entry("rseq", "libc asks the kernel for the processor's number instead"),
            Map.entry("set_robust_list", "only for locks that processes share"),
            Map.entry("socket", "libc reads /etc/passwd without its cache, and the machine is taken to have no IPv6")));

    /** Allowed with other arguments, so that strace cannot refuse them by name. */
    private static final Map<String, String> REFUSED_BY_ARGUMENT =
            Map.of("ioctl(TCGETS)", "a stream that is no terminal is taken for one that is no terminal");

    private static final long TCGETS = 0x5401;

    private final SeccompRules rules;
    private final PrintStream out;
    private final Path scratch;
    private final TreeSet<String> seen = new TreeSet<>();

    /** What was used and is not allowed, to what used it first. */
    private final Map<String, String> notAllowed = new TreeMap<>();

    private SeccompSurvey(SeccompRules rules, PrintStream out, Path scratch) {
        this.rules = rules;
        this.out = out;
        this.scratch = scratch;
    }

    /**
     * Runs.
     *
     * @param args the profile, then Java installations; none means all below /usr/lib/jvm and the running one
     */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws Exception {
        if (!isThere("strace")) {
            System.err.println("strace is not there; on Debian and Ubuntu: apt-get install strace");
            System.exit(2);
        }
        Path scratch = Files.createTempDirectory("seccomp-survey-");
        try {
            SeccompRules rules = SeccompRules.parse(Files.readString(Path.of(args[0])));
            SeccompSurvey survey = new SeccompSurvey(rules, System.out, scratch);
            List<Path> installations =
                    args.length > 1 ? Stream.of(args).skip(1).map(Path::of).toList() : installations();
            for (Path java : installations) {
                survey.run(java);
            }
            boolean same = survey.report();
            System.exit(same ? 0 : 1);
        } finally {
            FileTrees.delete(scratch);
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    private static List<Path> installations() throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        found.add(Path.of(System.getProperty("java.home")).toRealPath());
        Path all = Path.of("/usr/lib/jvm");
        if (Files.isDirectory(all)) {
            try (Stream<Path> homes = Files.list(all)) {
                for (Path home : homes.filter(path -> Files.isExecutable(path.resolve("bin/java")))
                        .toList()) {
                    found.add(home.toRealPath());
                }
            }
        }
        return List.copyOf(found);
    }

    private void run(Path java) throws Exception {
        List<Path> jars = jars();
        for (Map.Entry<String, List<String>> collector : new TreeMap<>(COLLECTORS).entrySet()) {
            TreeSet<String> before = new TreeSet<>(seen);
            for (SurveyWorkload workload : SurveyWorkload.all()) {
                run(java, jars, collector.getKey(), workload);
            }
            TreeSet<String> more = new TreeSet<>(seen);
            more.removeAll(before);
            out.println(java + ", " + collector.getKey() + ": "
                    + SurveyWorkload.all().size() + " workloads, new names: " + more);
        }
    }

    /** The runner's jars, as an image has them. */
    private List<Path> jars() throws IOException {
        Path lib = Files.createTempDirectory(scratch, "lib");
        List<Path> jars = new ArrayList<>();
        for (Map.Entry<String, byte[]> jar :
                RunnerJars.read(List.of()).content().entrySet()) {
            jars.add(Files.write(lib.resolve(jar.getKey()), jar.getValue()));
        }
        return jars;
    }

    private void run(Path java, List<Path> jars, String collector, SurveyWorkload workload) throws Exception {
        String what = workload.name() + " on " + java + ", " + collector;
        Path directory = Files.createTempDirectory(scratch, "run");
        List<String> command = new ArrayList<>(List.of(java.resolve("bin/java").toString()));
        command.addAll(
                RunnerLaunch.jvmOptions(EngineForTests.config(256L << 20, 64).limits()));
        // Depends on the JDK that runs this, which may be another.
        command.removeIf(option -> option.startsWith("--illegal-native-access"));
        command.addAll(COLLECTORS.get(collector));
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + directory,
                "--limit-modules",
                RunnerLaunch.MAIN.split("/", 2)[0]));
        command.addAll(RunnerLaunch.mainModule(jars.stream().map(Path::toString).toList(), List.of(), ":"));
        List<String> refused =
                REFUSED.keySet().stream().filter(name -> !name.equals("clone3")).toList();
        Job job = StrategyCode.targets(scratch, workload.members());
        try (TracedRunner runner = TracedRunner.start(directory, refused, command)) {
            RunOutcome outcome = new RunnerSession(new Feed(64), new Output(1024, 1 << 20))
                    .run(runner, job, StrategyCode.waves(40), Duration.ofMinutes(2));
            if (!outcome.verdict().id().equals(workload.verdict())) {
                throw new IllegalStateException(what + " ended with " + outcome + ", so nothing can be said of it");
            }
            for (TracedRunner.Call call : runner.calls()) {
                note(call, what);
            }
        }
    }

    private void note(TracedRunner.Call call, String what) {
        boolean terminal = call.name().equals("ioctl") && call.arguments().get(1) == TCGETS;
        seen.add(terminal ? "ioctl(TCGETS)" : call.name());
        if (!terminal && !REFUSED.containsKey(call.name()) && !rules.allows(call.name(), call.arguments())) {
            boolean limited = rules.allowed().containsKey(call.name());
            notAllowed.putIfAbsent(limited ? call.name() + call.arguments() : call.name(), what);
        }
    }

    /** Says what differs, and whether nothing does that is not accounted for. */
    private boolean report() {
        TreeSet<String> reserve = rules.commented("Reserve: ");
        TreeSet<String> runtime = rules.commented("runc only: ");
        TreeSet<String> neverSeen = new TreeSet<>(rules.allowed().keySet());
        neverSeen.removeAll(seen);
        TreeSet<String> idle = new TreeSet<>(neverSeen);
        idle.removeAll(reserve);
        idle.removeAll(runtime);
        Map<String, String> refused = new TreeMap<>(REFUSED);
        refused.putAll(REFUSED_BY_ARGUMENT);
        refused.keySet().retainAll(seen);

        out.println();
        out.println("seen: " + seen.size() + ", allowed: " + rules.allowed().size());
        out.println("used, and refused on purpose:");
        refused.forEach((name, reason) -> out.println("  " + name + ": " + reason));
        neverSeen.retainAll(runtime);
        out.println("allowed for runc only: " + neverSeen);
        reserve.removeAll(seen);
        out.println("allowed in reserve: " + reserve);
        out.println("allowed, and never seen: " + idle);
        out.println("used, and not allowed:");
        notAllowed.forEach((name, first) -> out.println("  " + name + ", first by " + first));
        return idle.isEmpty() && notAllowed.isEmpty();
    }
}
