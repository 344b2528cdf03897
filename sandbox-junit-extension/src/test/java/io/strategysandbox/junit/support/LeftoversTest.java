package io.strategysandbox.junit.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.core.Sandbox;
import io.strategysandbox.core.SandboxListener;
import io.strategysandbox.core.SandboxScope;
import io.strategysandbox.core.backend.Lease;
import io.strategysandbox.core.backend.LeaseRequest;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.junit.EnabledIfDockerAvailable;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

@EnabledIfDockerAvailable
@Tag("docker")
class LeftoversTest {

    @Test
    void aRunnerThatIsLeftIsNamedWithItsStateAndItsOrigin() throws Exception {
        try (Sandbox sandbox = Sandbox.open(ConfigLoader.defaults(), SandboxListener.SILENT);
                SandboxScope scope = sandbox.scope()) {
            Leftovers.refuse("a test", scope.open());
            Lease lease = scope.backend().lease(new LeaseRequest("leaky", Duration.ofMinutes(1)));

            assertThatThrownBy(() -> Leftovers.refuse("a test", scope.open()))
                    .isInstanceOf(AssertionFailedError.class)
                    .hasMessageContaining(lease.id())
                    .hasMessageContaining("for leaky, running, leased by thread")
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .singleElement()
                            .satisfies(origin -> assertThat(origin.getStackTrace())
                                    .extracting(StackTraceElement::getClassName)
                                    .contains(LeftoversTest.class.getName())));

            lease.close();
            Leftovers.refuse("a test", scope.open());
        }
    }
}
