package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Sweep;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes what owners that are gone have left at the engine. A runner ends when its host does, and the engine then removes
 * its container; but code that keeps the runner from noticing can outlive a host that was killed. What belongs to a process
 * that lives, or that cannot be seen from here and may still keep its deadline, is not touched.
 */
final class OrphanSweep {

    private static final Logger LOG = LoggerFactory.getLogger(OrphanSweep.class);

    /** How long after its deadline a container whose owner cannot be seen must be an orphan: one that lives kills it. */
    private static final Duration OVERDUE = Duration.ofMinutes(10);

    private final DockerClient control;
    private final Instant now;
    private final Consumer<String> progress;
    private final Optional<Owner> dead;
    private final List<String> removed = new ArrayList<>();
    private final List<String> images = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int spared;

    /**
     * A sweep, made once.
     *
     * @param control a client of the engine
     * @param now the engine's own time
     * @param progress told what was removed
     */
    OrphanSweep(DockerClient control, Instant now, Consumer<String> progress) {
        this(control, now, progress, Optional.empty());
    }

    /**
     * A sweep, made once.
     *
     * @param control a client of the engine
     * @param now the engine's own time
     * @param progress told what was removed
     * @param dead an owner that is known to be gone
     */
    OrphanSweep(DockerClient control, Instant now, Consumer<String> progress, Optional<Owner> dead) {
        this.dead = dead;
        this.control = control;
        this.now = now;
        this.progress = progress;
    }

    Sweep run() throws BackendException {
        try {
            for (Container container : containers()) {
                if (isOrphan(container.getLabels())) {
                    remove(container.getId());
                } else {
                    spared++;
                }
            }
            for (Image image :
                    control.listImagesCmd().withLabelFilter(ImageArchive.LABEL).exec()) {
                for (String tag : image.getRepoTags() == null ? new String[0] : image.getRepoTags()) {
                    removeDraft(tag);
                }
            }
        } catch (IOException e) {
            failures.add("cannot tell which processes live, so nothing was removed: " + e.getMessage()
                    + "; run on Linux with /proc mounted");
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot look for containers that were left behind", e);
        }
        return new Sweep(removed, images, failures, spared);
    }

    /** {@return how many containers a sweep would remove} */
    int look() throws BackendException, IOException {
        try {
            int orphans = 0;
            for (Container container : containers()) {
                orphans += isOrphan(container.getLabels()) ? 1 : 0;
            }
            return orphans;
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot look for containers that were left behind", e);
        }
    }

    private List<Container> containers() {
        return control.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(ContainerProfile.OWNER))
                .exec();
    }

    private boolean isOrphan(Map<String, String> labels) throws IOException {
        Optional<Owner> owner = Owner.in(labels.getOrDefault(ContainerProfile.OWNER, ""));
        if (owner.isPresent() && owner.equals(dead)) {
            return true;
        }
        if (owner.isPresent() && owner.get().canBeSeen()) {
            return owner.get().isGone();
        }
        return isOverdue(labels.getOrDefault(ContainerProfile.DEADLINE, ""));
    }

    private boolean isOverdue(String deadline) {
        try {
            return Instant.parse(deadline).plus(OVERDUE).isBefore(now);
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void remove(String container) {
        try {
            control.removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
            removed.add(container);
            progress.accept("removed the container " + container + ", whose build is gone");
        } catch (NotFoundException | ConflictException e) {
            LOG.debug("{} is being removed already", container, e);
        } catch (RuntimeException e) {
            failures.add(EngineFailure.of(
                            "cannot remove the container " + container + ", whose build is gone (by hand: docker rm -f "
                                    + container + ")",
                            e)
                    .getMessage());
        }
    }

    private void removeDraft(String tag) throws IOException {
        Optional<Owner> owner = tag.contains(RunnerImage.DRAFT) ? Owner.in(tag) : Optional.empty();
        if (owner.isPresent() && owner.get().isGone()) {
            Optional<String> refusal = new EngineImages(control, control).refusalToRemove(tag);
            if (refusal.isPresent()) {
                failures.add(refusal.get());
            } else {
                images.add(tag);
                progress.accept("removed the image " + tag + ", whose build is gone");
            }
        }
    }
}
