package io.strategysandbox.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strategysandbox.protocol.ProtocolException;
import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.RunnerMessage.Decided;
import io.strategysandbox.protocol.RunnerMessage.Done;
import io.strategysandbox.protocol.RunnerMessage.Failed;
import io.strategysandbox.protocol.RunnerMessage.Hello;
import io.strategysandbox.protocol.RunnerMessage.Kind;
import io.strategysandbox.protocol.RunnerMessage.Loaded;
import io.strategysandbox.protocol.RunnerMessage.Log;
import io.strategysandbox.protocol.Wire;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which messages may come when, and how many bars may be under way. */
class ProgressTest {

    private static Progress loaded(int bars, int window) throws ProtocolException {
        Progress progress = new Progress(bars, window);
        progress.accept(new Hello(Wire.VERSION, "17"));
        progress.accept(new Loaded());
        return progress;
    }

    private static void assertRefused(Progress progress, RunnerMessage message, String why) {
        assertThatThrownBy(() -> progress.accept(message))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining(why);
    }

    @Test
    void lockstepHasOneBarUnderWay() throws ProtocolException {
        Progress progress = loaded(2, 1);
        assertThat(progress.room()).isEqualTo(1);
        progress.sending(1);
        assertThat(progress.room()).isZero();
        progress.accept(new Decided(0, new double[] {1}));
        assertThat(progress.room()).isEqualTo(1);
        progress.sending(1);
        assertThat(progress.allSent()).isTrue();
        assertThat(progress.room()).isZero();
        progress.accept(new Decided(1, new double[] {-1}));
        progress.accept(new Done(2));
        assertThat(progress.done()).isTrue();
        assertThat(progress.lastFrame()).isEqualTo("DONE");
        assertThat(progress.decisions()).isEqualTo(Decisions.of(1, -1));
    }

    @Test
    void aWindowIsFilledInFullFrames() throws ProtocolException {
        Progress progress = loaded(1000, 300);
        assertThat(progress.room()).isEqualTo(Wire.MAX_BATCH_BARS);
        progress.sending(256);
        assertThat(progress.room()).isEqualTo(44);
        progress.sending(44);
        assertThat(progress.room()).isZero();
        assertThat(new Progress(1_000_000, 0).room()).isEqualTo(1);
    }

    @Test
    void decisionsComeOnceInOrderAndOnlyOnWhatWasSent() throws ProtocolException {
        Progress progress = loaded(10, 5);
        progress.sending(5);
        progress.accept(new Decided(0, new double[] {0, 1}));
        assertRefused(progress, new Decided(1, new double[] {0.5}), "bar 1, which was already decided on");
        assertRefused(progress, new Decided(3, new double[] {0.5}), "bar 3 where bar 2 was due");
        assertRefused(progress, new Decided(2, new double[] {0, 0, 0, 0}), "bar 5, which had not been sent");
        assertRefused(progress, new Decided(2, new double[] {0, Double.NaN}), "target of NaN on bar 3");
        assertRefused(progress, new Decided(2, new double[] {-1.1}), "target of -1.1 on bar 2");
        assertThat(progress.decisions()).isEqualTo(Decisions.of(0, 1));
    }

    @Test
    void messagesOutOfTurnAreRefused() throws ProtocolException {
        Progress fresh = new Progress(3, 3);
        assertRefused(fresh, new Loaded(), "out of turn");
        assertRefused(fresh, new Log(false, new byte[1]), "out of turn");
        assertRefused(fresh, new Hello(Wire.VERSION + 1, "17"), "rebuild the image");
        assertThat(fresh.ready()).isFalse();
        fresh.accept(new Hello(Wire.VERSION, "17"));
        assertRefused(fresh, new Hello(Wire.VERSION, "17"), "out of turn");
        assertRefused(fresh, new Decided(0, new double[] {0}), "out of turn");
        Progress progress = loaded(3, 3);
        assertRefused(progress, new Loaded(), "out of turn");
        assertRefused(progress, new Log(false, new byte[0]), "out of turn");
        assertRefused(progress, new Done(3), "out of turn");
        assertRefused(progress, new Done(0), "out of turn");
    }

    @Test
    void nothingComesAfterTheLastMessage() throws ProtocolException {
        Progress progress = loaded(3, 3);
        progress.accept(new Failed(Kind.RUNTIME, "", "why", List.of(), -1));
        assertThat(progress.ended()).isTrue();
        assertThat(progress.done()).isFalse();
        assertRefused(progress, new Log(false, new byte[1]), "after the last message");
    }
}
