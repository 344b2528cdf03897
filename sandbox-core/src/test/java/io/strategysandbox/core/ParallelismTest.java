package io.strategysandbox.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.SandboxConfig;
import io.strategysandbox.core.config.SandboxProperties;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ParallelismTest {

    private static SandboxConfig asking(int parallelism) {
        return SandboxProperties.override(
                ConfigLoader.defaults(),
                name -> Optional.of(Integer.toString(parallelism))
                        .filter(value -> name.equals(SandboxProperties.PARALLELISM)));
    }

    @Test
    void whatIsAskedForIsDoneAsFarAsTheMemoryAllows() {
        long bytes = Capacity.ofThisMachine().memoryBytes();
        long each = ConfigLoader.defaults().docker().limits().memoryBytes();

        assertThat(Sandbox.parallelism(asking(1))).isEqualTo(1);
        assertThat(Sandbox.parallelism(asking(0))).isPositive();
        assertThat((long) Sandbox.parallelism(asking(1_000_000)))
                .isBetween(1L, Math.max(1, bytes / each))
                .isGreaterThanOrEqualTo(Sandbox.parallelism(asking(0)));
    }
}
