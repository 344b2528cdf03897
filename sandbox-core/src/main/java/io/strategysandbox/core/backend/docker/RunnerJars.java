package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.RunnerLaunch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * The jars that a runner needs, by name. Where this project itself is being built the runner is a directory of classes;
 * it is packed the same way every time, so that the same classes are the same image.
 *
 * @param content the jars' bytes by file name
 * @param libraries the bytes of the user's jars by file name
 */
record RunnerJars(SortedMap<String, byte[]> content, SortedMap<String, byte[]> libraries) {

    private static final String OWN_NAME = "strategy-sandbox-runner.jar";

    /** About the first time that a zip file can hold, without a time zone. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 2, 0, 0);

    /**
     * Reads them from where this process has loaded them.
     *
     * @param libraries the user's jars
     */
    static RunnerJars read(List<Path> libraries) throws IOException {
        SortedMap<String, byte[]> content = new TreeMap<>();
        for (Path entry : RunnerLaunch.modulePath()) {
            if (Files.isDirectory(entry)) {
                content.put(OWN_NAME, pack(entry));
            } else {
                content.put(entry.getFileName().toString(), Files.readAllBytes(entry));
            }
        }
        SortedMap<String, byte[]> users = new TreeMap<>();
        for (Path library : libraries) {
            // Two may have the same name; their order is that of the class path.
            users.put(String.format("%03d-%s", users.size(), library.getFileName()), Files.readAllBytes(library));
        }
        return new RunnerJars(content, users);
    }

    private static byte[] pack(Path directory) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes);
                Stream<Path> paths = Files.walk(directory)) {
            List<Path> files = paths.filter(Files::isRegularFile).sorted().toList();
            for (Path file : files) {
                ZipEntry entry = new ZipEntry(directory.relativize(file).toString());
                entry.setTimeLocal(TIME);
                zip.putNextEntry(entry);
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** Adds names and contents to a hash. */
    void addTo(MessageDigest digest) {
        for (SortedMap<String, byte[]> jars : List.of(content, libraries)) {
            jars.forEach((name, bytes) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
        }
    }
}
