package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import io.strategysandbox.core.backend.Sweep;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.testing.RequiresDocker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineCleaningTest {

    private final List<String> progress = new ArrayList<>();

    @Test
    @RequiresDocker
    void whatBelongsToADeadProcessIsRemovedAndWhatMayLiveIsNot() throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {});
                DockerClient client = EngineForTests.client()) {
            String image = executor.facts().get("image");
            Owner self = Owner.self();
            String dead = container(client, image, gone(self).id());
            String alive = container(client, image, self.id());
            String elsewhere = container(client, image, new Owner("00000000.1", 1, "1").id());
            String strange = container(client, image, "somebody");
            try {
                Sweep sweep = DockerExecutor.sweep(EngineForTests.DEFAULTS, false, progress::add);

                assertThat(sweep.containers()).contains(dead).doesNotContain(alive, elsewhere, strange);
                assertThat(sweep.spared()).isGreaterThanOrEqualTo(3);
                assertThat(sweep.failures()).isEmpty();
                assertThat(progress).contains("removed the container " + dead + ", whose build is gone");
                assertThatThrownBy(() -> client.inspectContainerCmd(dead).exec())
                        .isInstanceOf(NotFoundException.class);
            } finally {
                for (String container : List.of(alive, elsewhere, strange)) {
                    client.removeContainerCmd(container).withForce(true).exec();
                }
            }
        }
    }

    @Test
    @RequiresDocker
    void imagesThatNothingUsesAreRemovedOnlyWhenAskedForAndNeverTheOneThatIsNeeded() throws Exception {
        try (DockerExecutor executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {});
                DockerClient client = EngineForTests.client()) {
            String image = executor.facts().get("image");
            DockerConfig config = EngineForTests.withRepository("strategy-sandbox/test-of-cleaning");
            String repository = config.image().repository();
            String current = repository + image.substring(image.lastIndexOf(':'));
            String old = repository + ":of-an-older-version";
            client.tagImageCmd(image, repository, current.substring(current.lastIndexOf(':') + 1))
                    .exec();
            client.tagImageCmd(image, repository, "of-an-older-version").exec();
            try {
                assertThat(DockerExecutor.sweep(config, false, progress::add).images())
                        .doesNotContain(old);
                assertThat(client.inspectImageCmd(old).exec().getRepoTags()).contains(old);

                assertThat(DockerExecutor.sweep(config, true, progress::add).images())
                        .containsExactly(old);
                assertThat(client.inspectImageCmd(current).exec().getRepoTags())
                        .contains(current, image)
                        .doesNotContain(old);
            } finally {
                client.removeImageCmd(current).exec();
            }
        }
    }

    private static String container(DockerClient client, String image, String owner) {
        return client.createContainerCmd(image)
                .withCmd("/nothing")
                .withLabels(Map.of(ContainerProfile.OWNER, owner))
                .exec()
                .getId();
    }

    private static Owner gone(Owner self) {
        return new Owner(self.place(), self.pid(), self.started() + "0");
    }

    @Test
    void whatCannotBeRemovedIsToldWithItsIdAndTheRestIsRemovedAllTheSame() throws Exception {
        String owner = gone(Owner.self()).id();
        try (StubEngine engine = new StubEngine()) {
            engine.answer("GET /containers/json", 200, """
                    [{"Id":"c1","Labels":{"io.strategysandbox.owner":"%1$s-1"}},
                     {"Id":"c2","Labels":{"io.strategysandbox.owner":"%1$s-2"}},
                     {"Id":"c3","Labels":{"io.strategysandbox.owner":"somebody"}}]""".formatted(owner));
            engine.answer("DELETE /containers/c1", 500, "{\"message\":\"device or resource busy\"}");
            engine.answer("DELETE /containers/c2", 204, "");
            engine.answer("GET /images/json", 200, """
                    [{"Id":"i1","RepoTags":["strategy-sandbox/runner:0-draft-%s.1"]}]""".formatted(owner));
            engine.answer(
                    "DELETE /images/strategy-sandbox/runner:0-draft-" + owner + ".1",
                    500,
                    "{\"message\":\"no space left on device\"}");

            Sweep sweep = DockerExecutor.sweep(EngineForTests.withHost(engine.host()), false, progress::add);

            assertThat(sweep.containers()).containsExactly("c2");
            assertThat(sweep.images()).isEmpty();
            assertThat(sweep.spared()).isOne();
            assertThat(sweep.found()).isEqualTo(3);
            assertThat(sweep.failures())
                    .satisfiesExactly(
                            container -> assertThat(container)
                                    .contains("cannot remove the container c1")
                                    .contains("device or resource busy")
                                    .contains("docker rm -f c1"),
                            image -> assertThat(image)
                                    .contains("cannot remove the image strategy-sandbox/runner:0-draft-")
                                    .contains("docker rmi "));
        }
    }
}
