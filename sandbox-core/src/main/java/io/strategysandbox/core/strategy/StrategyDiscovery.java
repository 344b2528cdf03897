package io.strategysandbox.core.strategy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds strategy directories below a folder and reads each completely. A directory with a {@code strategy.yaml} is a
 * strategy, at any depth; nothing below it is looked at for further strategies. A directory that has Java files or
 * nothing at all, but no manifest, is reported as broken.
 */
public final class StrategyDiscovery {

    /** The manifest's file name. */
    public static final String MANIFEST = "strategy.yaml";

    private static final int MAX_DEPTH = 16;
    private static final int MAX_FILES = 500;
    private static final long MAX_TOTAL_BYTES = 8 << 20;

    /** The most bytes of Java that the strategies of one folder may have together: all are kept until all are checked. */
    static final long MAX_FOLDER_BYTES = 128 << 20;

    private final Path root;
    private final Path realRoot;
    private long kept;

    private StrategyDiscovery(Path root) throws IOException {
        this.root = root;
        this.realRoot = root.toRealPath();
    }

    /**
     * Finds all strategies below a folder.
     *
     * @param folder an existing folder
     * @return what was found, sorted by directory; strategies that share a name are broken, all of them
     * @throws UncheckedIOException if the folder cannot be read
     */
    public static List<Candidate> discover(Path folder) {
        try {
            List<Candidate> found = new ArrayList<>();
            new StrategyDiscovery(folder).search(folder, 0, found);
            return withoutSharedNames(found);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the folder of strategies " + folder, e);
        }
    }

    /**
     * Reads one strategy directory.
     *
     * @param directory the directory
     * @return the strategy, or why it cannot be used
     * @throws UncheckedIOException if the directory cannot be read
     */
    public static Candidate read(Path directory) {
        try {
            Path absolute = directory.toAbsolutePath().normalize();
            Path parent = absolute.getParent() == null ? absolute : absolute.getParent();
            return new StrategyDiscovery(parent).readDirectory(absolute);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the strategy directory " + directory, e);
        }
    }

    private void search(Path directory, int depth, List<Candidate> found) throws IOException {
        List<Path> children = children(directory);
        boolean hasManifest =
                children.stream().anyMatch(child -> fileName(child).equals(MANIFEST));
        boolean hasJava = children.stream().anyMatch(child -> fileName(child).endsWith(".java"));
        boolean isRoot = directory.equals(root);
        if (hasManifest && !isRoot) {
            found.add(readDirectory(directory));
            return;
        }
        if (!isRoot && (hasJava || children.isEmpty())) {
            String rule = hasJava ? "manifest-missing" : "directory-empty";
            String what = hasJava ? "has Java files but no " + MANIFEST : "is empty: it has no " + MANIFEST;
            found.add(broken(
                    directory,
                    List.of(new Problem(
                            rule,
                            relative(directory),
                            0,
                            0,
                            "the directory " + what + "; add one with at least 'name: " + fileName(directory)
                                    + "' and 'data: FILE.csv', or delete the directory"))));
            return;
        }
        for (Path child : children) {
            if (!Files.isDirectory(child)) {
                continue;
            }
            if (leavesTheTree(child)) {
                found.add(broken(child, List.of(linkProblem(child))));
            } else if (Files.isSymbolicLink(child)) {
                found.add(broken(child, List.of(repeatedProblem(child))));
            } else if (depth >= MAX_DEPTH) {
                found.add(broken(child, List.of(tooDeep(child))));
            } else {
                search(child, depth + 1, found);
            }
        }
    }

    private Candidate readDirectory(Path directory) throws IOException {
        List<Problem> problems = new ArrayList<>();
        String name = fileName(directory);
        ManifestReader.Reading reading = readManifest(directory.resolve(MANIFEST), name, problems);
        if (!ConfinedFile.isPlainName(relative(directory))) {
            problems.add(nameProblem(directory, "has in its name, or in that of a folder above it,"));
        }
        List<SourceFile> sources = new ArrayList<>();
        readSources(directory, directory, new HashSet<>(Set.of(directory.toRealPath())), sources, problems);
        if (sources.isEmpty() && problems.isEmpty()) {
            problems.add(new Problem(
                    "sources-missing",
                    relative(directory),
                    0,
                    0,
                    "the directory has no .java file; add the class with the entry point"));
        }
        long bytes = sources.stream().mapToLong(SourceFile::size).sum();
        if (problems.isEmpty() && kept + bytes > MAX_FOLDER_BYTES) {
            problems.add(new Problem(
                    "folder-too-large",
                    relative(directory),
                    0,
                    0,
                    "with this one the strategies of the folder have more than " + MAX_FOLDER_BYTES
                            + " bytes of Java; check fewer at a time"));
        }
        String reported = reading.manifest().map(Manifest::name).orElse(name);
        if (!problems.isEmpty() || reading.manifest().isEmpty()) {
            return new Candidate.Broken(reported, relative(directory), problems);
        }
        kept += bytes;
        return new Candidate.Loaded(new StrategyDirectory(
                directory.toAbsolutePath(),
                relative(directory),
                reading.manifest().get(),
                sources));
    }

    private ManifestReader.Reading readManifest(Path file, String name, List<Problem> problems) throws IOException {
        ManifestReader.Reading nothing = new ManifestReader.Reading(Optional.empty(), List.of());
        if (!Files.isRegularFile(file)) {
            problems.add(new Problem(
                    "manifest-missing",
                    relative(file),
                    0,
                    0,
                    "there is no " + MANIFEST + "; add one with at least 'name: " + name + "' and 'data: FILE.csv'"));
            return nothing;
        }
        if (leavesTheTree(file)) {
            problems.add(linkProblem(file));
            return nothing;
        }
        Optional<byte[]> bytes = ConfinedFile.read(realRoot, file);
        if (bytes.isEmpty()) {
            problems.add(tooLarge(file));
            return nothing;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.get()))
                    .toString();
            ManifestReader.Reading reading = ManifestReader.read(relative(file), name, text);
            problems.addAll(reading.problems());
            return reading;
        } catch (CharacterCodingException e) {
            problems.add(new Problem("manifest-invalid", relative(file), 0, 0, "is not valid UTF-8; save it as UTF-8"));
            return nothing;
        }
    }

    private void readSources(
            Path strategy, Path directory, Set<Path> seen, List<SourceFile> sources, List<Problem> problems)
            throws IOException {
        for (Path child : children(directory)) {
            boolean isDirectory = Files.isDirectory(child);
            boolean isJava = fileName(child).endsWith(".java");
            if (!isDirectory && !isJava) {
                continue;
            }
            if (leavesTheTree(child)) {
                problems.add(linkProblem(child));
            } else if (!ConfinedFile.isPlainName(fileName(child))) {
                problems.add(nameProblem(directory, "holds a Java file or folder whose name has"));
            } else if (isDirectory) {
                if (strategy.relativize(child).getNameCount() > MAX_DEPTH) {
                    problems.add(tooDeep(child));
                } else if (seen.add(child.toRealPath())) {
                    readSources(strategy, child, seen, sources, problems);
                } else {
                    problems.add(repeatedProblem(child));
                }
            } else {
                ConfinedFile.read(realRoot, child)
                        .ifPresentOrElse(
                                bytes -> sources.add(SourceFile.of(slashed(strategy.relativize(child)), bytes)),
                                () -> problems.add(tooLarge(child)));
                if (sources.size() > MAX_FILES
                        || sources.stream().mapToLong(SourceFile::size).sum() > MAX_TOTAL_BYTES) {
                    problems.add(new Problem(
                            "sources-too-large",
                            relative(strategy),
                            0,
                            0,
                            "has more than " + MAX_FILES + " files or " + MAX_TOTAL_BYTES
                                    + " bytes of Java; a strategy is smaller than that"));
                    return;
                }
            }
        }
    }

    private boolean leavesTheTree(Path path) throws IOException {
        return !path.toRealPath().startsWith(realRoot);
    }

    private Problem nameProblem(Path directory, String where) {
        return new Problem(
                "file-name-invalid",
                relative(directory),
                0,
                0,
                where + " a backslash, or control or invisible characters; rename it");
    }

    private Problem linkProblem(Path path) {
        return new Problem(
                "link-leaves-tree",
                relative(path),
                0,
                0,
                "is a symbolic link to something outside the folder of strategies; copy the file in instead");
    }

    /** Followed, such links multiply what is read, or lead round in circles. */
    private Problem repeatedProblem(Path link) {
        return new Problem(
                "link-repeats",
                relative(link),
                0,
                0,
                "leads to a directory inside the folder of strategies that is read anyway; delete the link");
    }

    private Problem tooDeep(Path directory) {
        return new Problem(
                "directory-too-deep",
                relative(directory),
                0,
                0,
                "lies more than " + MAX_DEPTH + " directories deep; move it up");
    }

    private Problem tooLarge(Path path) {
        return new Problem(
                "file-too-large",
                relative(path),
                0,
                0,
                "is not a plain file of at most " + ConfinedFile.MAX_BYTES + " bytes; make it smaller");
    }

    private Candidate.Broken broken(Path directory, List<Problem> problems) {
        return new Candidate.Broken(fileName(directory), relative(directory), problems);
    }

    private static List<Candidate> withoutSharedNames(List<Candidate> found) {
        Map<String, List<String>> directories = new HashMap<>();
        found.forEach(candidate -> directories
                .computeIfAbsent(folded(candidate), name -> new ArrayList<>())
                .add(candidate.directory()));
        return found.stream()
                .map(candidate -> {
                    List<String> sharing = directories.get(folded(candidate));
                    return candidate instanceof Candidate.Loaded && sharing.size() > 1
                            ? new Candidate.Broken(
                                    candidate.name(),
                                    candidate.directory(),
                                    List.of(new Problem(
                                            "name-not-unique",
                                            candidate.directory() + "/" + MANIFEST,
                                            0,
                                            0,
                                            "the name '" + candidate.name() + "' is used by "
                                                    + String.join(" and ", sharing)
                                                    + "; give each strategy a name of its own")))
                            : candidate;
                })
                .toList();
    }

    /** Reports are files named after strategies, and not every file system tells upper from lower case. */
    private static String folded(Candidate candidate) {
        return candidate.name().toLowerCase(Locale.ROOT);
    }

    /** Children without dangling links and dot files, sorted by name the same way on every machine. */
    private static List<Path> children(Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> !fileName(child).startsWith("."))
                    .filter(Files::exists)
                    .sorted((a, b) -> fileName(a).compareTo(fileName(b)))
                    .toList();
        }
    }

    private String relative(Path path) {
        return slashed(root.toAbsolutePath()
                .normalize()
                .relativize(path.toAbsolutePath().normalize()));
    }

    private static String slashed(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }

    private static String fileName(Path path) {
        Path name = path.getFileName();
        return name == null ? "" : name.toString();
    }
}
