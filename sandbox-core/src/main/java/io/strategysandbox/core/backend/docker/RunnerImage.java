package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.backend.RunnerLaunch;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.DockerConfig.Limits;
import io.strategysandbox.core.host.FileTrees;
import io.strategysandbox.core.host.ScratchFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The image that runners live in: a JVM cut out of the running JDK, the few shared libraries it needs, the runner's
 * jars, and an archive of loaded classes that makes it start faster. No base image, no shell, no other program, unless
 * the user names an image to build on, which then has to bring the libraries. It is built once; its tag is a hash of all
 * that goes in, so a change of the JDK or of the runner makes a new one.
 */
public final class RunnerImage {

    /** Changes whenever the way an image is built does. */
    private static final String RECIPE = "3";

    /** In the tag of an image that is not finished, before its owner. */
    static final String DRAFT = "-draft-";

    private static final int TAG_LENGTH = 20;

    private static final String HOME = "/sandbox";
    private static final String JAVA = HOME + "/jre/bin/java";
    private static final String JARS = HOME + "/lib/";
    private static final String LIBRARIES = HOME + "/libraries/";
    private static final String CLASS_LIST = HOME + "/runner.classlist";
    private static final String CLASS_ARCHIVE = HOME + "/runner.jsa";

    /** What the kernel starts in order to start the JVM; of all libraries, it alone has to be executable. */
    private static final Pattern LOADER = Pattern.compile("/ld(-|64)[^/]*$");

    private final EngineImages images;
    private final Owner owner;
    private final DockerConfig config;
    private final HostJvm jvm;
    private final RunnerJars jars;

    /** The id of the image to build on. */
    private final Optional<String> base;

    private RunnerImage(
            EngineImages images,
            Owner owner,
            DockerConfig config,
            HostJvm jvm,
            RunnerJars jars,
            Optional<String> base) {
        this.images = images;
        this.owner = owner;
        this.config = config;
        this.jvm = jvm;
        this.jars = jars;
        this.base = base;
    }

    /**
     * Makes sure that the image is there.
     *
     * @param control a client of the engine for requests that are answered soon
     * @param streaming a client of the engine for requests that last
     * @param owner this process
     * @param config the image's name, the user and the limits
     * @param progress told, in a few words, when something takes time
     * @return the image's reference, and how a container of it is started
     * @throws BackendException if the image cannot be built; nothing half-built is left behind
     * @throws InterruptedException if the thread was interrupted; nothing half-built is left behind
     */
    static Ready ensure(
            DockerClient control, DockerClient streaming, Owner owner, DockerConfig config, Consumer<String> progress)
            throws BackendException, InterruptedException {
        return of(new EngineImages(control, streaming), owner, config).ensure(progress);
    }

    /**
     * The image that a configuration needs, which need not be there.
     *
     * @param images the engine's images
     * @param owner this process
     * @param config what the image is made of
     * @return its repository and tag; empty if it is built on a Dockerfile, which only building it tells
     */
    static Optional<String> reference(EngineImages images, Owner owner, DockerConfig config)
            throws BackendException, InterruptedException {
        if (config.image().dockerfile().isPresent()) {
            return Optional.empty();
        }
        RunnerImage image = of(images, owner, config);
        return Optional.of(image.reference(image.jvm.coreLibraries()));
    }

    private static RunnerImage of(EngineImages images, Owner owner, DockerConfig config)
            throws BackendException, InterruptedException {
        HostJvm jvm = HostJvm.find();
        try {
            RunnerJars jars = RunnerJars.read(config.image().libraries());
            return new RunnerImage(images, owner, config, jvm, jars, base(images, config.image()));
        } catch (IOException e) {
            throw new BackendException("cannot read the runner's jars or image.libraries: " + e.getMessage(), e);
        }
    }

    private static Optional<String> base(EngineImages images, DockerConfig.Image image)
            throws BackendException, InterruptedException {
        if (image.dockerfile().isPresent()) {
            return Optional.of(images.fromDockerfile(Path.of(image.dockerfile().get()), image.repository() + ":base"));
        }
        if (image.base().isEmpty()) {
            return Optional.empty();
        }
        String name = image.base().get();
        return Optional.of(images.id(name)
                .orElseThrow(() -> new BackendException("the engine does not have the image " + name
                        + ", which image.base in docker_config.yaml names; get it with: docker pull " + name)));
    }

    /**
     * An image that is there.
     *
     * @param reference its repository and tag
     * @param command the command line of a runner in it, but for what differs between leases
     */
    record Ready(String reference, List<String> command) {

        /** {@return the whole command line of a runner} */
        List<String> command(LeaseRequest request) {
            List<String> whole = new ArrayList<>(command);
            whole.add(request.deadlineArgument());
            return whole;
        }
    }

    private Ready ensure(Consumer<String> progress) throws BackendException, InterruptedException {
        String reference = reference(jvm.coreLibraries());
        if (images.id(reference).isEmpty()) {
            progress.accept("building the runner image " + reference + " (once, about 20 s)");
            long begun = System.nanoTime();
            build(reference);
            progress.accept("built the runner image in " + (System.nanoTime() - begun) / 1_000_000_000 + " s");
        }
        return new Ready(reference, command(config.limits()));
    }

    private String reference(Map<String, Path> libraries) throws BackendException {
        return config.image().repository() + ":" + tag(libraries);
    }

    private List<String> command(Limits limits) {
        List<String> command = new ArrayList<>(List.of(JAVA));
        command.addAll(RunnerLaunch.jvmOptions(limits));
        command.addAll(List.of("-XX:SharedArchiveFile=" + CLASS_ARCHIVE, "-Djava.io.tmpdir=/tmp"));
        command.addAll(mainModule(JARS, LIBRARIES));
        return command;
    }

    // Jar by jar: an archive of classes fits only the paths that it was made with.
    private List<String> mainModule(String jarDirectory, String libraryDirectory) {
        return RunnerLaunch.mainModule(
                jars.content().keySet().stream()
                        .map(name -> jarDirectory + name)
                        .toList(),
                jars.libraries().keySet().stream()
                        .map(name -> libraryDirectory + name)
                        .toList(),
                ":");
    }

    private String tag(Map<String, Path> libraries) throws BackendException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String text = String.join("\n", RECIPE, jvm.identity(), user(), base.orElse(""));
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            jars.addTo(digest);
            for (Path library : libraries.values()) {
                digest.update(Files.readAllBytes(library));
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, TAG_LENGTH);
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new BackendException("cannot read what the runner image is made of: " + e.getMessage(), e);
        }
    }

    private String user() {
        return config.security().uid() + ":" + config.security().gid();
    }

    private void build(String reference) throws BackendException, InterruptedException {
        try (ScratchFolder folder = ScratchFolder.create()) {
            Path scratch = folder.path();
            RootFileSystem files = content(scratch);
            ImageArchive archive = new ImageArchive(scratch, user(), base);
            Path classes = scratch.resolve("runner.jsa");
            // The class archive fits only the very paths, sizes and times that it was made with, so it is made by a
            // container of the image as it is without one.
            String draft = reference + DRAFT + owner.id() + "."
                    + UUID.randomUUID().toString().substring(0, 8);
            files.file(CLASS_LIST.substring(1), classList(scratch));
            try {
                images.make(archive, files, draft);
                images.run(owner, draft, dumpCommand(), CLASS_ARCHIVE, classes);
            } finally {
                images.remove(draft);
            }
            files.remove(CLASS_LIST.substring(1));
            files.file(CLASS_ARCHIVE.substring(1), classes);
            images.make(archive, files, reference);
        } catch (IOException e) {
            throw new BackendException(
                    "cannot build the runner image: " + e.getMessage() + "; it needs about 300 MB in "
                            + System.getProperty("java.io.tmpdir"),
                    e);
        }
        if (images.id(reference).isEmpty()) {
            throw new BackendException(
                    "the engine took the runner image but does not have " + reference + "; look at the engine's log");
        }
    }

    private RootFileSystem content(Path scratch) throws IOException, BackendException, InterruptedException {
        Path jre = scratch.resolve("jre");
        jvm.link(jre);
        // What can start a process or is of no use to a JVM that is already running.
        FileTrees.delete(jre.resolve("legal"));
        for (String helper : List.of("lib/jspawnhelper", "lib/jexec", "lib/libattach.so")) {
            Files.deleteIfExists(jre.resolve(helper));
        }
        try (Stream<Path> programs = Files.list(jre.resolve("bin"))) {
            for (Path program : programs.filter(path -> !path.endsWith("java")).toList()) {
                Files.delete(program);
            }
        }
        RootFileSystem files = new RootFileSystem();
        files.tree(HOME.substring(1) + "/jre", jre);
        // The kernel does not let a process whose program it may not read open its own memory through /proc.
        files.onlyExecutable(JAVA.substring(1));
        jars.content().forEach((name, bytes) -> files.file(JARS.substring(1) + name, bytes));
        jars.libraries().forEach((name, bytes) -> files.file(LIBRARIES.substring(1) + name, bytes));
        files.directory("tmp");
        if (base.isEmpty()) {
            system(files, jre);
        }
        return files;
    }

    /** What a base would bring. */
    private void system(RootFileSystem files, Path jre) throws IOException, BackendException, InterruptedException {
        jvm.libraries(binaries(jre)).forEach((name, path) -> {
            if (!path.startsWith(jre)) {
                files.file(name.substring(1), path);
                if (LOADER.matcher(name).find()) {
                    files.executable(name.substring(1));
                }
            }
        });
        String passwd = "sandbox:x:" + user() + "::/tmp:/nonexistent\n";
        String group = "sandbox:x:" + config.security().gid() + ":\n";
        files.file("etc/passwd", passwd.getBytes(StandardCharsets.UTF_8));
        files.file("etc/group", group.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Path> binaries(Path jre) throws IOException {
        try (Stream<Path> paths = Files.walk(jre)) {
            return paths.filter(
                            path -> path.endsWith("bin/java") || path.toString().endsWith(".so"))
                    .sorted()
                    .toList();
        }
    }

    /** Which classes a runner loads, as one that never gets a job finds out on this machine. */
    private Path classList(Path scratch) throws IOException, BackendException, InterruptedException {
        Path lib = Files.createDirectory(scratch.resolve("lib"));
        for (Map.Entry<String, byte[]> jar : jars.content().entrySet()) {
            Files.write(lib.resolve(jar.getKey()), jar.getValue());
        }
        Path libraries = Files.createDirectory(scratch.resolve("libraries"));
        for (Map.Entry<String, byte[]> jar : jars.libraries().entrySet()) {
            Files.write(libraries.resolve(jar.getKey()), jar.getValue());
        }
        Path list = scratch.resolve("runner.classlist");
        List<String> command =
                new ArrayList<>(List.of(scratch.resolve("jre/bin/java").toString()));
        command.addAll(RunnerLaunch.jvmOptions(config.limits()));
        command.addAll(List.of("-Xshare:off", "-XX:DumpLoadedClassList=" + list));
        command.addAll(mainModule(lib + "/", libraries + "/"));
        HostJvm.rehearse(command);
        if (!Files.exists(list)) {
            throw new BackendException("cannot build the runner image: the JVM did not list its classes");
        }
        return list;
    }

    private List<String> dumpCommand() {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-XX:SharedClassListFile=" + CLASS_LIST,
                "-XX:SharedArchiveFile=" + CLASS_ARCHIVE));
        command.addAll(mainModule(JARS, LIBRARIES));
        return command;
    }
}
