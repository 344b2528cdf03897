package io.strategysandbox.core.config;

import io.strategysandbox.core.config.DockerConfig.Engine;
import io.strategysandbox.core.config.DockerConfig.Feed;
import io.strategysandbox.core.config.DockerConfig.Image;
import io.strategysandbox.core.config.DockerConfig.Limits;
import io.strategysandbox.core.config.DockerConfig.Output;
import io.strategysandbox.core.config.DockerConfig.Security;
import io.strategysandbox.core.config.LearningSystemConfig.BackendChoice;
import io.strategysandbox.core.config.LearningSystemConfig.Compiler;
import io.strategysandbox.core.config.LearningSystemConfig.Endpoint;
import io.strategysandbox.core.config.LearningSystemConfig.IsolationMode;
import io.strategysandbox.core.config.LearningSystemConfig.Monitor;
import io.strategysandbox.core.config.LearningSystemConfig.Push;
import io.strategysandbox.core.config.LearningSystemConfig.SandboxSection;
import io.strategysandbox.core.config.LearningSystemConfig.ValidationMode;
import io.strategysandbox.core.config.LearningSystemConfig.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Loads the configuration: the shipped defaults, and what a folder of the user's says instead. */
public final class ConfigLoader {

    /** The file that describes the engine, the image and the profile of every sandbox. */
    public static final String DOCKER = "docker_config.yaml";

    /** The file that describes how strategies are taken through the sandbox. */
    public static final String LEARNING_SYSTEM = "learning_system.yaml";

    private static final String SHIPPED = "/io/strategysandbox/config/";
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final int MAX_REPOSITORY = 200;
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** A class or package with at least one dot, then members; as in the validator's allow-list, without its marks. */
    private static final Pattern ALLOW_LINE = Pattern.compile(
            "[\\w$]+(\\.[\\w$]+)+(\\.\\*\\*?|\\$\\*)?" + "(\\s+(\\*|-|(<init>|[\\w$]+)(\\*|\\([\\w$.,\\[\\]]*\\))?))+");

    /** A label of Prometheus, which is not the one that has a key of its own, and what it is. */
    private static final Pattern LABEL = Pattern.compile("(?!job=)[a-zA-Z_][a-zA-Z0-9_]*=[^\\p{Cntrl}]+");

    private ConfigLoader() {}

    /** {@return the shipped configuration} */
    public static SandboxConfig defaults() {
        return new SandboxConfig(
                docker(DOCKER, shipped(DOCKER), builtIn().docker()),
                learningSystem(
                        LEARNING_SYSTEM, shipped(LEARNING_SYSTEM), builtIn().learningSystem()));
    }

    /**
     * The shipped configuration with what a folder says instead.
     *
     * @param folder holds {@code docker_config.yaml}, {@code learning_system.yaml}, or both
     * @return the configuration
     * @throws ConfigException if the folder holds neither, or a file cannot be used; names file, line, key and value
     */
    public static SandboxConfig load(Path folder) {
        SandboxConfig defaults = defaults();
        Path dockerFile = folder.resolve(DOCKER);
        Path learningFile = folder.resolve(LEARNING_SYSTEM);
        if (!Files.isRegularFile(dockerFile) && !Files.isRegularFile(learningFile)) {
            throw new ConfigException(folder + " holds neither " + DOCKER + " nor " + LEARNING_SYSTEM
                    + "; name a folder that does, or leave the setting out to use the shipped defaults");
        }
        DockerConfig docker = Files.isRegularFile(dockerFile)
                ? docker(dockerFile.toString(), read(dockerFile), defaults.docker())
                : defaults.docker();
        LearningSystemConfig learning = Files.isRegularFile(learningFile)
                ? learningSystem(learningFile.toString(), read(learningFile), defaults.learningSystem())
                : defaults.learningSystem();
        return new SandboxConfig(docker, learning);
    }

    /**
     * A configuration with what a text says instead.
     *
     * @param base the configuration
     * @param origin where the text comes from, for messages
     * @param text in the form of {@code docker_config.yaml}, one line
     * @return the changed configuration
     * @throws ConfigException if the text cannot be used; names origin, key and value
     */
    public static SandboxConfig override(SandboxConfig base, String origin, String text) {
        YamlMapping root = YamlMapping.parse(text);
        DockerConfig config = docker(origin, root, base.docker());
        if (!root.problems().isEmpty()) {
            throw new ConfigException(root.problems().stream()
                    .map(problem -> origin + ": " + problem.message())
                    .collect(Collectors.joining("\n")));
        }
        return base.with(config);
    }

    private static DockerConfig docker(String file, String text, DockerConfig base) {
        YamlMapping root = YamlMapping.parse(text);
        DockerConfig config = docker(file, root, base);
        refuse(file, root.problems());
        config.security().seccompProfile().map(Path::of).ifPresent(SeccompProfile::read);
        return config;
    }

    private static DockerConfig docker(String file, YamlMapping root, DockerConfig base) {
        DockerConfig config = new DockerConfig(
                engine(root.mapping("engine"), base.engine()),
                image(file, root.mapping("image"), base.image()),
                limits(root.mapping("limits"), base.limits()),
                security(file, root.mapping("security"), base.security()),
                output(root.mapping("output"), base.output()),
                feed(root, base.feed()));
        root.refuseUnknownKeys();
        return config;
    }

    private static Engine engine(YamlMapping engine, Engine base) {
        Engine read = new Engine(
                engine.text("host").or(base::host),
                engine.duration("connectTimeout", base.connectTimeout()),
                engine.duration("responseTimeout", base.responseTimeout()));
        engine.refuseUnknownKeys();
        return read;
    }

    /** A path in a configuration file is relative to the file, wherever the build was started. */
    private static Optional<String> path(String file, YamlMapping mapping, String key) {
        return mapping.text(key).flatMap(text -> {
            try {
                return Optional.of(Path.of(file).resolveSibling(text).toString());
            } catch (InvalidPathException e) {
                mapping.report(key, "is '" + YamlMapping.shown(text) + "', which is no path: " + e.getReason());
                return Optional.empty();
            }
        });
    }

    private static Image image(String file, YamlMapping image, Image base) {
        String repository = image.text("repository").orElse(base.repository());
        if (repository.length() > MAX_REPOSITORY || !repository.matches("[a-z0-9]+([._/-][a-z0-9]+)*")) {
            image.report(
                    "repository",
                    "is '" + YamlMapping.shown(repository) + "'; allowed are lower-case letters, digits, and . _ - /");
        }
        Image read = new Image(
                repository,
                image.text("base").or(base::base),
                path(file, image, "dockerfile").or(base::dockerfile),
                libraries(file, image, base.libraries()));
        if (read.base().isPresent() && read.dockerfile().isPresent()) {
            image.report("dockerfile", "is set, and so is base; an image is built on one of them");
        }
        image.refuseUnknownKeys();
        return read;
    }

    private static List<Path> libraries(String file, YamlMapping image, List<Path> base) {
        if (!image.has("libraries")) {
            return base;
        }
        return image
                .texts(
                        "libraries",
                        List.of(),
                        name -> isJar(file, name),
                        "a jar file that is there, as a path from this file")
                .stream()
                .map(name -> Path.of(file).resolveSibling(name))
                .toList();
    }

    private static boolean isJar(String file, String name) {
        try {
            return name.endsWith(".jar") && Files.isRegularFile(Path.of(file).resolveSibling(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Limits limits(YamlMapping limits, Limits base) {
        Limits read = new Limits(
                limits.bytes("memory", base.memoryBytes(), 64 * MIB, 1024 * GIB),
                limits.number(
                        "heapFraction", base.heapFraction(), v -> v >= 0.1 && v <= 0.9, "a number from 0.1 to 0.9"),
                limits.number("cpus", base.cpus(), v -> v >= 0.01 && v <= 1024, "a number from 0.01 to 1024"),
                limits.duration("timeout", base.timeout()),
                limits.integer("pids", base.pids(), 16, 32_768),
                limits.integer("openFiles", base.openFiles(), 16, 1_048_576),
                limits.bytes("fileSize", base.fileSizeBytes(), 0, GIB),
                limits.bytes("shm", base.shmBytes(), 4 * KIB, GIB),
                limits.bytes("tmp", base.tmpBytes(), 4 * KIB, GIB),
                limits.integer("tmpFiles", base.tmpInodes(), 2, 1_000_000));
        limits.refuseUnknownKeys();
        return read;
    }

    private static Security security(String file, YamlMapping security, Security base) {
        Security read = new Security(
                security.integer("uid", base.uid(), 1, Integer.MAX_VALUE),
                security.integer("gid", base.gid(), 1, Integer.MAX_VALUE),
                path(file, security, "seccompProfile").or(base::seccompProfile),
                security.text("runtime").or(base::runtime));
        security.refuseUnknownKeys();
        return read;
    }

    private static Output output(YamlMapping output, Output base) {
        Output read = new Output(
                (int) output.bytes("keep", base.keepBytes(), KIB, 16 * MIB),
                output.bytes("limit", base.limitBytes(), KIB, 16 * GIB));
        output.refuseUnknownKeys();
        return read;
    }

    private static Feed feed(YamlMapping root, Feed base) {
        if (root.has("feed") && !root.isMapping("feed")) {
            if (!root.text("feed").equals(Optional.of("lockstep"))) {
                root.report("feed", "must be 'lockstep' or a mapping with the key 'window'");
            }
            return Feed.LOCKSTEP;
        }
        YamlMapping feed = root.mapping("feed");
        Feed read = new Feed(feed.integer("window", base.window(), 1, 65_536));
        feed.refuseUnknownKeys();
        return read;
    }

    private static LearningSystemConfig learningSystem(String file, String text, LearningSystemConfig base) {
        YamlMapping root = YamlMapping.parse(text);
        YamlMapping sandbox = root.mapping("sandbox");
        SandboxSection defaults = base.sandbox();
        YamlMapping compiler = sandbox.mapping("compiler");
        SandboxSection section = new SandboxSection(
                sandbox.choice("backend", defaults.backend()),
                sandbox.choice("isolation", defaults.isolation()),
                sandbox.choice("validation", defaults.validation()),
                sandbox.integer("parallelism", defaults.parallelism(), 0, 1024),
                sandbox.flag("failOnViolation", defaults.failOnViolation()),
                sandbox.flag("haltOnFailure", defaults.haltOnFailure()),
                validator(sandbox.mapping("validator"), defaults.validator()),
                new Compiler(
                        compiler.bytes("heap", defaults.compiler().heapBytes(), 64 * MIB, 16 * GIB),
                        compiler.duration("timeout", defaults.compiler().timeout())));
        compiler.refuseUnknownKeys();
        sandbox.refuseUnknownKeys();
        Monitor monitor = monitor(root.mapping("monitor"), base.monitor());
        root.refuseUnknownKeys();
        refuse(file, root.problems());
        return new LearningSystemConfig(section, monitor);
    }

    private static Monitor monitor(YamlMapping monitor, Monitor base) {
        YamlMapping endpoint = monitor.mapping("endpoint");
        Endpoint served = new Endpoint(
                endpoint.integer("port", base.endpoint().port(), 0, 65_535),
                endpoint.text("address").orElse(base.endpoint().address()));
        endpoint.refuseUnknownKeys();
        YamlMapping push = monitor.mapping("push");
        Push sent = new Push(
                push.text("url").or(base.push()::url),
                push.text("job").orElse(base.push().job()),
                push.texts(
                        "grouping",
                        base.push().grouping(),
                        label -> LABEL.matcher(label).matches(),
                        "a label and its value, such as 'instance=nightly'; job has a key of its own"),
                push.duration("timeout", base.push().timeout()));
        if (sent.url().isPresent() && !isWebAddress(sent.url().get())) {
            push.report(
                    "url",
                    "is '" + YamlMapping.shown(sent.url().get())
                            + "'; allowed is an address such as http://pushgateway:9091");
        }
        push.refuseUnknownKeys();
        monitor.refuseUnknownKeys();
        return new Monitor(served, sent);
    }

    private static boolean isWebAddress(String url) {
        try {
            URI uri = new URI(url);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getQuery() == null
                    && uri.getFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Validator validator(YamlMapping validator, Validator base) {
        Validator read = new Validator(
                validator.flag("strict", base.strict()),
                validator.texts(
                        "allow",
                        base.allow(),
                        line -> ALLOW_LINE.matcher(line).matches(),
                        "a class or package and its members, such as 'com.acme.Signals *',"
                                + " 'com.acme.signals.** *' or 'java.util.zip.CRC32 <init> update getValue'"));
        validator.refuseUnknownKeys();
        return read;
    }

    private static void refuse(String file, List<YamlProblem> problems) {
        if (!problems.isEmpty()) {
            throw new ConfigException(problems.stream()
                    .map(problem -> file + ":" + problem.line() + ": " + problem.message())
                    .collect(Collectors.joining("\n")));
        }
    }

    private static String read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ConfigException(file + " has more than " + MAX_FILE_BYTES + " bytes; it must be a text file");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(file + " cannot be read: " + e + "; it must be a text file in UTF-8");
        }
    }

    private static String shipped(String name) {
        try (InputStream in = ConfigLoader.class.getResourceAsStream(SHIPPED + name)) {
            if (in == null) {
                throw new IllegalStateException("this jar lacks " + SHIPPED + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What holds for a key that not even the shipped files give; a test keeps them complete. */
    static SandboxConfig builtIn() {
        return new SandboxConfig(
                new DockerConfig(
                        new Engine(Optional.empty(), Duration.ofSeconds(5), Duration.ofSeconds(30)),
                        new Image("strategy-sandbox/runner", Optional.empty(), Optional.empty(), List.of()),
                        new Limits(2 * GIB, 0.5, 0.5, Duration.ofMinutes(10), 64, 256, MIB, 64 * KIB, 16 * MIB, 1024),
                        new Security(65_532, 65_532, Optional.empty(), Optional.empty()),
                        new Output((int) (64 * KIB), 64 * MIB),
                        new Feed(65_536)),
                new LearningSystemConfig(
                        new SandboxSection(
                                BackendChoice.AUTO,
                                IsolationMode.STRATEGY,
                                ValidationMode.ENFORCE,
                                0,
                                true,
                                false,
                                Validator.SHIPPED,
                                new Compiler(256 * MIB, Duration.ofSeconds(30))),
                        new Monitor(
                                new Endpoint(0, "127.0.0.1"),
                                new Push(Optional.empty(), "strategy-sandbox", List.of(), Duration.ofSeconds(5)))));
    }
}
