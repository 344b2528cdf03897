package io.strategysandbox.core;

import io.strategysandbox.core.backend.Backend;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Isolation;
import io.strategysandbox.core.backend.Sweep;
import io.strategysandbox.core.backend.docker.DockerExecutor;
import io.strategysandbox.core.backend.docker.EngineFacts;
import io.strategysandbox.core.backend.local.LocalExecutor;
import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.benchmark.Overhead;
import io.strategysandbox.core.compilation.StrategyCompiler;
import io.strategysandbox.core.config.ConfigException;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.Endpoint;
import io.strategysandbox.core.config.LearningSystemConfig.IsolationMode;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.host.ScratchFolder;
import io.strategysandbox.core.market.Bars;
import io.strategysandbox.core.market.BarsLoader;
import io.strategysandbox.core.monitor.ContainerMonitor;
import io.strategysandbox.core.monitor.Diagnosis;
import io.strategysandbox.core.monitor.Doctor;
import io.strategysandbox.core.monitor.MetricsEndpoint;
import io.strategysandbox.core.monitor.MetricsPush;
import io.strategysandbox.core.report.ResultFiles;
import io.strategysandbox.core.report.RunInfo;
import io.strategysandbox.core.report.RunReport;
import io.strategysandbox.core.report.ValidationEntry;
import io.strategysandbox.core.strategy.Candidate;
import io.strategysandbox.core.strategy.StrategyDirectory;
import io.strategysandbox.core.strategy.StrategyDiscovery;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The whole way of a strategy, from its directory to a verdict and metrics.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.open(ConfigLoader.defaults(), SandboxListener.SILENT)) {
 *     BacktestResult result = sandbox.backtest(Path.of("strategies/sma-crossover"), bars);
 * }
 * }</pre>
 *
 * <p>Thread-safe. A closed sandbox leaves no container, no process and no temporary file.
 */
public final class Sandbox implements AutoCloseable {

    private final SandboxConfig config;
    private final SandboxListener listener;
    private final Backend backend;
    private final ContainerMonitor monitor;
    private final StrategyCompiler compiler;
    private final Admission admission;
    private final StrategyPipeline pipeline;

    /** What ends with this sandbox beside its backend and its monitor. */
    private final Runnable end;

    private final Account account;

    /** Hears what is done in a sandbox. */
    interface Account {
        /** Somebody begins to take a strategy the way; what is returned is to be run at its end. */
        Runnable begin(String strategy);

        /** A strategy ran to its last bar. */
        void completed(Path directory, Bars bars);
    }

    /** For a sandbox that is one user's. */
    private static final class NoAccount implements Account {
        @Override
        public Runnable begin(String strategy) {
            return () -> {};
        }

        @Override
        public void completed(Path directory, Bars bars) {
            // Nobody asks.
        }
    }

    private Sandbox(SandboxConfig config, SandboxListener listener, Backend backend, StrategyCompiler compiler) {
        this.config = config;
        this.listener = listener;
        this.backend = backend;
        this.compiler = compiler;
        this.monitor = ContainerMonitor.of(backend);
        Optional<MetricsEndpoint> endpoint = endpoint(config.monitor().endpoint(), monitor, listener);
        this.end = () -> {
            endpoint.ifPresent(MetricsEndpoint::close);
            compiler.close();
        };
        this.admission = Admission.of(config, compiler, config.sandbox().validation());
        this.pipeline = new StrategyPipeline(config, backend.isolation(), monitor, admission);
        this.account = new NoAccount();
    }

    Sandbox(Sandbox whole, Backend part, Account account) {
        this.config = whole.config;
        this.listener = whole.listener;
        this.backend = part;
        this.compiler = whole.compiler;
        this.monitor = ContainerMonitor.of(part);
        this.end = () -> {};
        this.admission = whole.admission;
        this.pipeline = new StrategyPipeline(config, part.isolation(), monitor, admission);
        this.account = account;
    }

    /**
     * Opens a sandbox: chooses the backend and makes it ready, which builds the runner's image where there is none yet.
     *
     * @param config the configuration
     * @param listener hears warnings and progress
     * @return the sandbox; the caller must close it
     * @throws ConfigException if the configuration asks for what cannot be had together
     * @throws BackendException if the configured backend cannot be used; the message says why and one fix
     * @throws InterruptedException if the thread was interrupted
     */
    public static Sandbox open(SandboxConfig config, SandboxListener listener)
            throws BackendException, InterruptedException {
        if (config.sandbox().isolation() == IsolationMode.GROUP) {
            throw new ConfigException("sandbox.isolation is 'group', which this version does not offer; use 'strategy'"
                    + " (one container for each strategy)");
        }
        ScratchFolder.sweep();
        Backend backend = chooseBackend(config, listener);
        backend.swept().failures().forEach(listener::warning);
        return new Sandbox(
                config,
                listener,
                backend,
                StrategyCompiler.open(
                        config.sandbox().compiler(), config.docker().image().libraries()));
    }

    /** Another build may have the port: that is no reason not to run. */
    private static Optional<MetricsEndpoint> endpoint(
            Endpoint endpoint, ContainerMonitor monitor, SandboxListener listener) {
        if (endpoint.port() == 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(MetricsEndpoint.open(endpoint.address(), endpoint.port(), monitor::scrape));
        } catch (IOException e) {
            listener.warning("the figures cannot be served at " + endpoint.address() + ":" + endpoint.port() + ": "
                    + e.getMessage() + "; change monitor.endpoint in learning_system.yaml. They are in metrics.prom all"
                    + " the same");
            return Optional.empty();
        }
    }

    private static Backend chooseBackend(SandboxConfig config, SandboxListener listener)
            throws BackendException, InterruptedException {
        DockerConfig docker = config.docker();
        BackendChoice choice = config.sandbox().backend();
        if (choice == BackendChoice.DOCKER) {
            return DockerExecutor.open(docker, listener::progress);
        }
        Optional<String> unavailable = choice == BackendChoice.AUTO
                ? DockerExecutor.unavailableReason(docker)
                : Optional.of("the configuration asks for the local backend");
        if (unavailable.isEmpty()) {
            return DockerExecutor.open(docker, listener::progress);
        }
        if (config.sandbox().validation() == ValidationMode.REPORT) {
            throw new BackendException("validation 'report' runs code that was found dangerous, which is done in a"
                    + " container only, and there is none: " + unavailable.get()
                    + ". Run scripts/setup_docker_sandbox.sh, or use validation 'enforce'");
        }
        Backend local = LocalExecutor.open(docker);
        listener.warning("NO CONTAINER ISOLATION: " + unavailable.get() + ". Strategies run as plain child processes"
                + " of this build, with this user's rights. Not enforced: " + String.join(", ", local.notEnforced())
                + ". Only the validator stands between a strategy and this machine. Run"
                + " scripts/setup_docker_sandbox.sh to get containers.");
        return local;
    }

    /** {@return what separates strategies from this machine} */
    public Isolation isolation() {
        return backend.isolation();
    }

    /**
     * Opens a part of this sandbox that accounts for its own runners.
     *
     * @return the part; the caller must close it, before this
     */
    public SandboxScope scope() {
        return new SandboxScope(this, backend);
    }

    /**
     * Measures what isolation costs a strategy, by taking it the way in this sandbox and as a plain child process, in turn.
     * The validator has to accept it, since the second is no sandbox.
     *
     * @param directory the strategy directory
     * @param bars the bars
     * @param bound where to be sure on which side the overhead is, as a fraction; there are 7 rounds, or 14 or 21 if the
     *     noise leaves a doubt before
     * @return the times of all rounds
     * @throws IllegalArgumentException if the strategy does not run to its end
     * @throws BackendException if code runs here that the validator refuses, or no child process can be started
     * @throws InterruptedException if the thread was interrupted; nothing is left behind
     */
    public Overhead overhead(Path directory, Bars bars, double bound) throws BackendException, InterruptedException {
        if (config.sandbox().validation() == ValidationMode.REPORT) {
            throw new BackendException("validation 'report' runs code that was found dangerous, which is done in a"
                    + " container only, and there is no overhead without a run outside; use validation 'enforce'");
        }
        if (StrategyDiscovery.read(directory) instanceof Candidate.Loaded loaded) {
            Runnable end = account.begin("the overhead of " + loaded.name());
            try {
                return new OverheadMeasurement(loaded.strategy(), bars).measure(pipeline, config, admission, bound);
            } finally {
                end.run();
            }
        }
        throw new IllegalArgumentException("the overhead of " + directory + " cannot be measured, since its manifest or"
                + " sources cannot be used; backtest it to see why");
    }

    /**
     * Validates, compiles and backtests one strategy.
     *
     * @param directory the strategy directory
     * @param bars the bars; the manifest's {@code data} is not looked at
     * @return how it ended
     * @throws InterruptedException if the thread was interrupted; nothing is left behind
     */
    public BacktestResult backtest(Path directory, Bars bars) throws InterruptedException {
        BacktestResult result = run(StrategyDiscovery.read(directory), strategy -> () -> bars);
        monitor.ended(result.verdict());
        return result;
    }

    /**
     * Validates, compiles and backtests one strategy that was found, on the bars that its manifest names.
     *
     * @param candidate what discovery made of its directory
     * @param data where bars come from
     * @return how it ended
     * @throws InterruptedException if the thread was interrupted; nothing is left behind
     */
    public BacktestResult backtest(Candidate candidate, BarsLoader data) throws InterruptedException {
        BacktestResult result = run(candidate, strategy -> () -> data.load(strategy));
        monitor.ended(result.verdict());
        return result;
    }

    /**
     * Takes a folder of strategies the whole way, several at a time, and writes the reports as each ends.
     *
     * @param request the folder
     * @return the report, as it was written
     * @throws java.io.UncheckedIOException if the folder cannot be read or a report cannot be written
     * @throws InterruptedException if the thread was interrupted; reports then hold what had ended
     */
    public RunReport run(RunRequest request) throws InterruptedException {
        int parallelism = parallelism();
        RunReport report = new Batch(
                        request,
                        runInfo(parallelism),
                        parallelism,
                        config.sandbox().haltOnFailure(),
                        monitor,
                        listener)
                .run(this::run);
        MetricsPush.push(config.monitor().push(), monitor.scrape()).ifPresent(listener::warning);
        return report;
    }

    /** Chooses the bars of a strategy. */
    @FunctionalInterface
    interface BarsOf {
        StrategyPipeline.BarsSource of(StrategyDirectory strategy);
    }

    private BacktestResult run(Candidate candidate, BarsOf bars) throws InterruptedException {
        if (candidate instanceof Candidate.Broken broken) {
            return rejected(broken);
        }
        StrategyDirectory strategy = ((Candidate.Loaded) candidate).strategy();
        AtomicReference<Bars> loaded = new AtomicReference<>();
        Runnable end = account.begin(strategy.name());
        try {
            BacktestResult result = pipeline.run(strategy, () -> {
                loaded.set(bars.of(strategy).load());
                return loaded.get();
            });
            if (result.verdict().completed()) {
                account.completed(strategy.path(), loaded.get());
            }
            return result;
        } finally {
            end.run();
        }
    }

    private static BacktestResult rejected(Candidate.Broken broken) {
        List<Finding> findings = Findings.of(broken);
        return Results.withoutRun(broken.name(), broken.directory(), new Verdict.Rejected(findings), findings);
    }

    /**
     * Validates a folder of strategies without running any, and needs no backend.
     *
     * @param config the configuration
     * @param request the folder; its data is not looked at
     * @param listener hears which strategy is next
     * @return one entry for each strategy directory, in the order of their discovery
     * @throws InterruptedException if the thread was interrupted
     */
    public static List<ValidationEntry> validate(SandboxConfig config, RunRequest request, SandboxListener listener)
            throws InterruptedException {
        return FolderValidation.validate(config, request.strategies(), listener);
    }

    /**
     * Validates every Java file below a folder as a unit of its own, without manifests and without running any.
     *
     * @param config the configuration
     * @param folder the folder, searched at any depth
     * @param listener hears which file is next
     * @return one entry for each file, sorted by path
     * @throws java.io.UncheckedIOException if the folder cannot be read
     * @throws InterruptedException if the thread was interrupted
     */
    public static List<ValidationEntry> validateSources(SandboxConfig config, Path folder, SandboxListener listener)
            throws InterruptedException {
        return FolderValidation.validateSources(config, folder, listener);
    }

    /**
     * Removes the containers and half-built images that builds which are gone have left at the engine. What belongs to a
     * process that lives, or may live, is not touched.
     *
     * @param config the configuration
     * @param images whether runner images are removed, too, that neither a container nor this configuration uses
     * @param listener hears what was removed, and why nothing was looked for
     * @return what was found, and what became of it; empty if there is no engine and the configuration needs none
     * @throws BackendException if the configuration asks for an engine and none can be used
     * @throws InterruptedException if the thread was interrupted
     */
    public static Optional<Sweep> clean(SandboxConfig config, boolean images, SandboxListener listener)
            throws BackendException, InterruptedException {
        BackendChoice choice = config.sandbox().backend();
        if (choice == BackendChoice.LOCAL) {
            listener.warning("nothing was looked for: the local backend, which the configuration asks for, leaves no"
                    + " containers; use sandbox.backend=docker");
            return Optional.empty();
        }
        Optional<String> unavailable =
                choice == BackendChoice.AUTO ? DockerExecutor.unavailableReason(config.docker()) : Optional.empty();
        if (unavailable.isPresent()) {
            listener.warning("nothing was looked for: " + unavailable.get());
            return Optional.empty();
        }
        return Optional.of(DockerExecutor.sweep(config.docker(), images, listener::progress));
    }

    /**
     * Looks at the engine and this machine, and changes nothing.
     *
     * @param config the configuration
     * @return what was found, and a fix for everything that is not fine
     * @throws BackendException if there is no engine and this Java cannot start another one either
     * @throws InterruptedException if the thread was interrupted
     */
    public static Diagnosis examine(SandboxConfig config) throws BackendException, InterruptedException {
        EngineFacts facts = DockerExecutor.examine(config.docker());
        List<String> notEnforced = List.of();
        if (facts.engine().isEmpty()) {
            try (Backend local = LocalExecutor.open(config.docker())) {
                notEnforced = local.notEnforced();
            }
        }
        return Doctor.diagnose(facts, config.sandbox().backend() == BackendChoice.DOCKER, notEnforced);
    }

    /**
     * How many strategies run at a time with a configuration.
     *
     * @param config the configuration
     * @return what it asks for, or as many as fit into this machine's memory if that is fewer; at least 1
     */
    public static int parallelism(SandboxConfig config) {
        return Capacity.ofThisMachine()
                .parallelism(config.sandbox().parallelism(), config.docker().limits());
    }

    /**
     * Writes all that is known about one result.
     *
     * @param result a result of this sandbox
     * @param folder the folder; made if it is missing, and what it holds is replaced
     * @return the files
     * @throws IOException if they cannot be written, with a message that says where, why and what to do
     */
    public List<Path> write(BacktestResult result, Path folder) throws IOException {
        return ResultFiles.write(folder, result, limitTexts());
    }

    private int parallelism() {
        DockerConfig.Limits limits = config.docker().limits();
        int requested = config.sandbox().parallelism();
        int parallelism = parallelism(config);
        if (requested > parallelism) {
            listener.warning("parallelism " + requested + " needs more memory than this machine has at "
                    + limits.memoryBytes() + " bytes for each sandbox; " + parallelism
                    + " run at a time. Lower limits.memory in docker_config.yaml to run more.");
        }
        return parallelism;
    }

    private Map<String, String> limitTexts() {
        DockerConfig.Limits limits = config.docker().limits();
        Map<String, String> limitTexts = new LinkedHashMap<>();
        limitTexts.put("memoryBytes", Long.toString(limits.memoryBytes()));
        limitTexts.put("cpus", String.format(Locale.ROOT, "%s", limits.cpus()));
        limitTexts.put("timeoutMs", Long.toString(limits.timeout().toMillis()));
        limitTexts.put("pids", Integer.toString(limits.pids()));
        limitTexts.put("outputBytes", Long.toString(config.docker().output().limitBytes()));
        limitTexts.put("feedWindow", Integer.toString(config.docker().feed().window()));
        return limitTexts;
    }

    private RunInfo runInfo(int parallelism) {
        Map<String, String> host = new LinkedHashMap<>();
        host.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        host.put("arch", System.getProperty("os.arch"));
        host.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
        host.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        host.put("parallelism", Integer.toString(parallelism));
        host.putAll(backend.facts());
        return new RunInfo(
                UUID.randomUUID().toString(),
                backend.isolation().id(),
                Optional.ofNullable(host.remove("image")),
                limitTexts(),
                host,
                backend.notEnforced());
    }

    /**
     * Ends every sandbox that is still there.
     *
     * @throws BackendException if something is left, naming it
     */
    @Override
    public void close() throws BackendException {
        try (monitor) {
            end.run();
        } finally {
            backend.close();
        }
    }
}
