package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.exception.NotFoundException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** One request waits for an engine that is silent; the next do not. */
class SilenceTest {

    private final Silence silence = new Silence();

    @Test
    void whoeverAsksAfterATimeoutFailsAtOnceWithItsReason() {
        RuntimeException timeout = new RuntimeException(new SocketTimeoutException("Read timed out"));
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> silence.ask(() -> {
                    throw timeout;
                }))
                .isSameAs(timeout);

        assertThatThrownBy(() -> silence.ask(asked::incrementAndGet)).hasRootCauseMessage("Read timed out");
        assertThat(asked).hasValue(0);
        assertThat(silence.noticed()).containsSame(timeout);

        silence.forget();

        assertThat(silence.ask(asked::incrementAndGet)).isEqualTo(1);
    }

    @Test
    void anAnswerIsNoSilenceWhateverItSays() {
        assertThatThrownBy(() -> silence.ask(() -> {
                    throw new NotFoundException("no such container");
                }))
                .isInstanceOf(NotFoundException.class);

        assertThat(silence.ask(() -> "here")).isEqualTo("here");
        assertThat(silence.noticed()).isEmpty();
    }
}
