package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Image;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.backend.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Removes runner images that neither a container nor this build's configuration uses: those of older JDKs and versions. */
final class UnusedImages {

    private final DockerClient control;
    private final Consumer<String> progress;

    UnusedImages(DockerClient control, Consumer<String> progress) {
        this.control = control;
        this.progress = progress;
    }

    /**
     * Removes them.
     *
     * @param repository the name that our images have here
     * @param current the one that this build would use
     */
    Sweep remove(String repository, String current) throws BackendException {
        List<String> removed = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (String tag : tags()) {
            // Half-built ones are another build's, or an orphan.
            boolean candidate = tag.startsWith(repository + ":") && !tag.contains(RunnerImage.DRAFT);
            if (!candidate || tag.equals(current)) {
                continue;
            }
            try {
                control.removeImageCmd(tag).withForce(false).exec();
                removed.add(tag);
                progress.accept("removed the image " + tag + ", which nothing uses");
            } catch (NotFoundException | ConflictException e) {
                progress.accept("left the image " + tag + ", which is in use or gone");
            } catch (RuntimeException e) {
                failures.add(
                        EngineFailure.of("cannot remove the image " + tag, e).getMessage());
            }
        }
        return new Sweep(List.of(), removed, failures, 0);
    }

    private List<String> tags() throws BackendException {
        try {
            List<String> tags = new ArrayList<>();
            for (Image image :
                    control.listImagesCmd().withLabelFilter(ImageArchive.LABEL).exec()) {
                tags.addAll(image.getRepoTags() == null ? List.of() : List.of(image.getRepoTags()));
            }
            return tags;
        } catch (RuntimeException e) {
            throw EngineFailure.of("cannot look for images that nothing uses", e);
        }
    }
}
