package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import io.strategysandbox.core.backend.BackendException;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings files to the engine as an image of one layer, and brings a file back. */
final class ImageArchive {

    private static final Logger LOG = LoggerFactory.getLogger(ImageArchive.class);

    private static final int BLOCK = 512;
    private static final long RUN_SECONDS = 120;

    private final DockerClient client;
    private final Path scratch;
    private final String user;

    ImageArchive(DockerClient client, Path scratch, String user) {
        this.client = client;
        this.scratch = scratch;
        this.user = user;
    }

    /** Loads an image. */
    void load(RootFileSystem files, String reference) throws IOException, BackendException {
        Path layer = scratch.resolve("layer.tar");
        Path archive = scratch.resolve("image.tar");
        String digest = write(files, layer);
        try (TarWriter tar = new TarWriter(new BufferedOutputStream(Files.newOutputStream(archive)))) {
            tar.file("layer.tar", 0644, layer);
            tar.file("config.json", 0644, utf8(configuration(digest)));
            tar.file("manifest.json", 0644, utf8("""
                    [{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]""".formatted(reference)));
        }
        try (InputStream in = Files.newInputStream(archive)) {
            client.loadImageCmd(in).exec();
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot load the image " + reference, e);
        } finally {
            Files.deleteIfExists(archive);
            Files.deleteIfExists(layer);
        }
    }

    private static String write(RootFileSystem files, Path layer) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            OutputStream out = new BufferedOutputStream(Files.newOutputStream(layer));
            files.writeTo(new DigestOutputStream(out, digest));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String configuration(String layerDigest) {
        String architecture = switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            default -> System.getProperty("os.arch");
        };
        return """
                {"architecture":"%s","os":"linux","created":"2020-01-01T00:00:00Z",\
                "config":{"User":"%s","WorkingDir":"/tmp","Labels":{"io.strategysandbox.image":"runner"}},\
                "rootfs":{"type":"layers","diff_ids":["sha256:%s"]},\
                "history":[{"created":"2020-01-01T00:00:00Z","created_by":"strategy-sandbox"}]}""".formatted(architecture, user, layerDigest);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Runs a command of our own in a container of an image, with a writable root and without a network.
     *
     * @param result the file to bring back, as a path in the container
     * @param target where to
     */
    void run(String reference, List<String> command, String result, Path target)
            throws IOException, BackendException, InterruptedException {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode("none")
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
        String id;
        try {
            id = client.createContainerCmd(reference)
                    .withHostConfig(host)
                    .withUser("0:0")
                    .withEntrypoint(command)
                    .exec()
                    .getId();
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot create a container to finish the image " + reference, e);
        }
        try {
            client.startContainerCmd(id).exec();
            int code = client.waitContainerCmd(id).start().awaitStatusCode(RUN_SECONDS, TimeUnit.SECONDS);
            if (code != 0) {
                throw new BackendException("cannot finish the image " + reference + ": the JVM in it ended with code "
                        + code + "; look at the engine's log, and run scripts/setup_docker_sandbox.sh --check");
            }
            try (InputStream in = client.copyArchiveFromContainerCmd(id, result).exec()) {
                onlyFile(in, target);
            }
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot finish the image " + reference, e);
        } finally {
            removeContainer(id);
        }
    }

    private void removeContainer(String id) {
        try {
            client.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            LOG.debug("container {} is gone already", id);
        } catch (RuntimeException e) {
            LOG.warn("cannot remove container {}: {}; remove it by hand: docker rm -f {}", id, e.getMessage(), id);
        }
    }

    /** Reads an archive of one file. */
    private static void onlyFile(InputStream archive, Path target) throws IOException {
        DataInputStream in = new DataInputStream(archive);
        byte[] header = new byte[BLOCK];
        in.readFully(header);
        String size = new String(header, 124, 12, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
        long left = Long.parseLong(size, 8);
        try (OutputStream out = Files.newOutputStream(target)) {
            byte[] buffer = new byte[64 * 1024];
            while (left > 0) {
                int length = (int) Math.min(left, buffer.length);
                in.readFully(buffer, 0, length);
                out.write(buffer, 0, length);
                left -= length;
            }
        }
    }

    /** Removes an image, if it is there. */
    void remove(String reference) {
        try {
            client.removeImageCmd(reference).withForce(true).exec();
        } catch (NotFoundException e) {
            LOG.debug("image {} is not there", reference);
        } catch (RuntimeException e) {
            LOG.warn(
                    "cannot remove the image {}: {}; remove it by hand: docker rmi {}",
                    reference,
                    e.getMessage(),
                    reference);
        }
    }
}
