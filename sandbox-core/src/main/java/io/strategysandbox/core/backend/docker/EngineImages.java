package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.LoadImageCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.HostConfig;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.CleanText;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The images of an engine: looks for them, makes them, runs a command of ours in one, removes them. */
final class EngineImages {

    private static final Logger LOG = LoggerFactory.getLogger(EngineImages.class);

    private static final int TAR_BLOCK = 512;
    private static final long RUN_SECONDS = 120;
    private static final long BUILD_SECONDS = 600;

    private final DockerClient control;
    private final DockerClient streaming;

    EngineImages(DockerClient control, DockerClient streaming) {
        this.control = control;
        this.streaming = streaming;
    }

    /** {@return an image's id; empty if the engine does not have it} */
    Optional<String> id(String reference) throws BackendException {
        try {
            return Optional.of(control.inspectImageCmd(reference).exec().getId());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot look for the image " + reference, e);
        }
    }

    /**
     * Builds an image as a user's Dockerfile says; its folder is the build context. It gets a name, since an engine removes
     * what has none along with what was built on it.
     *
     * @return the image's id
     */
    String fromDockerfile(Path dockerfile, String reference) throws BackendException {
        if (!Files.isRegularFile(dockerfile)) {
            throw new BackendException("there is no file " + dockerfile.toAbsolutePath()
                    + ", which image.dockerfile in docker_config.yaml names; correct the path");
        }
        try (BuildImageCmd build =
                streaming.buildImageCmd(dockerfile.toAbsolutePath().toFile())) {
            return build(build.withTags(Set.of(reference)));
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot build " + dockerfile, e);
        }
    }

    private static String build(BuildImageCmd build) {
        return build.withPull(false)
                .withRemove(true)
                .withForcerm(true)
                .start()
                .awaitImageId(BUILD_SECONDS, TimeUnit.SECONDS);
    }

    /** Makes an image of files. */
    void make(ImageArchive archive, RootFileSystem files, String reference)
            throws IOException, BackendException, InterruptedException {
        Path written = archive.write(files, reference);
        try (InputStream in = Files.newInputStream(written)) {
            if (archive.isBuildContext()) {
                try (BuildImageCmd build = streaming.buildImageCmd(in)) {
                    build(build.withTags(Set.of(reference)));
                }
            } else {
                load(in);
            }
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot make the image " + reference, e);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** What goes wrong is told in the answer's body, behind a status that says that all is well. */
    private void load(InputStream archive) throws IOException, InterruptedException {
        try (LoadImageCallback answer = streaming.loadImageAsyncCmd(archive).start()) {
            answer.awaitCompletion();
            answer.awaitMessage();
        }
    }

    /**
     * Runs a command of our own in a container of an image, with a writable root and without a network.
     *
     * @param owner whose container it is
     * @param result the file to bring back, as a path in the container
     * @param target where to
     */
    void run(Owner owner, String reference, List<String> command, String result, Path target)
            throws IOException, BackendException, InterruptedException {
        HostConfig host = HostConfig.newHostConfig()
                .withNetworkMode("none")
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
        String id;
        try {
            id = control.createContainerCmd(reference)
                    .withHostConfig(host)
                    .withUser("0:0")
                    .withLabels(Map.of(ContainerProfile.OWNER, owner.id()))
                    .withEntrypoint(command)
                    .exec()
                    .getId();
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot create a container to finish the image " + reference, e);
        }
        try {
            control.startContainerCmd(id).exec();
            int code = streaming.waitContainerCmd(id).start().awaitStatusCode(RUN_SECONDS, TimeUnit.SECONDS);
            if (code != 0) {
                throw new BackendException("cannot finish the image " + reference + ": the JVM in it ended with code "
                        + code + said(id) + ". An image or Dockerfile named in docker_config.yaml must bring the C"
                        + " library that this machine's Java needs; without one, look at the engine's log");
            }
            try (InputStream in =
                    streaming.copyArchiveFromContainerCmd(id, result).exec()) {
                onlyFile(in, target);
            }
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot finish the image " + reference, e);
        } finally {
            removeContainer(id);
        }
    }

    private String said(String id) throws InterruptedException {
        StringBuilder text = new StringBuilder();
        control.logContainerCmd(id)
                .withStdOut(true)
                .withStdErr(true)
                .withTail(3)
                .exec(new ResultCallback.Adapter<Frame>() {
                    @Override
                    public void onNext(Frame frame) {
                        text.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
                    }
                })
                .awaitCompletion();
        String line = CleanText.line(text.toString());
        return line.isEmpty() ? "" : " and said: " + line;
    }

    private void removeContainer(String id) {
        try {
            control.removeContainerCmd(id).withForce(true).exec();
        } catch (NotFoundException e) {
            LOG.debug("container {} is gone already", id);
        } catch (RuntimeException e) {
            LOG.warn("cannot remove container {}: {}; remove it by hand: docker rm -f {}", id, e.getMessage(), id);
        }
    }

    /** Reads an archive of one file. */
    private static void onlyFile(InputStream archive, Path target) throws IOException {
        DataInputStream in = new DataInputStream(archive);
        byte[] header = new byte[TAR_BLOCK];
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
        refusalToRemove(reference).ifPresent(LOG::warn);
    }

    /**
     * Removes an image, if it is there.
     *
     * @return why it is still there, and what to do; empty if it is not
     */
    Optional<String> refusalToRemove(String reference) {
        try {
            control.removeImageCmd(reference).withForce(true).exec();
        } catch (NotFoundException e) {
            LOG.debug("image {} is not there", reference);
        } catch (RuntimeException e) {
            return Optional.of("cannot remove the image " + reference + ": " + e.getMessage()
                    + "; remove it by hand: docker rmi " + reference);
        }
        return Optional.empty();
    }
}
