package io.strategysandbox.core.backend.docker;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Writes files as what an engine makes an image of: an image of one layer to be loaded, or, if there is an image to build
 * on, a build context with the layer and a Dockerfile.
 */
final class ImageArchive {

    /** The label of every image of ours. */
    static final String LABEL = "io.strategysandbox.image";

    private final Path scratch;
    private final String user;
    private final Optional<String> base;

    /**
     * An archive.
     *
     * @param scratch a directory for what is large
     * @param user the user and group the image's processes run as
     * @param base the id of the image to build on
     */
    ImageArchive(Path scratch, String user, Optional<String> base) {
        this.scratch = scratch;
        this.user = user;
        this.base = base;
    }

    /** {@return whether the archive is a build context} */
    boolean isBuildContext() {
        return base.isPresent();
    }

    /**
     * Writes an archive.
     *
     * @return the file, which the caller deletes
     */
    Path write(RootFileSystem files, String reference) throws IOException {
        Path layer = scratch.resolve("layer.tar");
        Path archive = scratch.resolve("image.tar");
        String digest = writeLayer(files, layer);
        try (TarWriter tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            tar.file("layer.tar", 0644, layer);
            if (base.isPresent()) {
                tar.file("Dockerfile", 0644, utf8(dockerfile(base.get())));
            } else {
                tar.file("config.json", 0644, utf8(configuration(digest)));
                tar.file("manifest.json", 0644, utf8("""
                        [{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]""".formatted(reference)));
            }
        } finally {
            Files.deleteIfExists(layer);
        }
        return archive;
    }

    private static String writeLayer(RootFileSystem files, Path layer) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(layer));
            files.writeTo(new DigestOutputStream(out, digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String dockerfile(String from) {
        return """
                FROM %s
                ADD layer.tar /
                USER %s
                WORKDIR /tmp
                ENTRYPOINT []
                CMD []
                LABEL %s=runner
                """.formatted(from, user, LABEL);
    }

    private String configuration(String layerDigest) {
        String architecture = switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            default -> System.getProperty("os.arch");
        };
        return """
                {"architecture":"%s","os":"linux","created":"2020-01-01T00:00:00Z",\
                "config":{"User":"%s","WorkingDir":"/tmp","Labels":{"%s":"runner"}},\
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},\
                "history":[{"created":"2020-01-01T00:00:00Z","created_by":"strategy-sandbox"}]}""".formatted(architecture, user, LABEL, layerDigest);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
