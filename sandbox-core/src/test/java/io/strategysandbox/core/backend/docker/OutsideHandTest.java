package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the signals that the engine tells of are somebody else's. */
class OutsideHandTest {

    private final OutsideHand hand = new OutsideHand();

    @Test
    void nothingIsNobodysDoing() {
        assertThat(hand.found()).isEmpty();
    }

    @Test
    void whatThisProcessAskedForIsItsOwn() {
        hand.asking();
        hand.signalled("9");

        assertThat(hand.found()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9", "KILL", "SIGKILL"})
    void aKillThatNobodyHereAskedForIsSomebodyElses(String signal) {
        hand.signalled(signal);

        assertThat(hand.found()).contains("it was killed");
    }

    @Test
    void aKillThatCameTooLateDoesNotHideTheOneThatCameFirst() {
        hand.asking();
        hand.refused();
        hand.signalled("9");

        assertThat(hand.found()).contains("it was killed");
    }

    @Test
    void aKillBesideOurOwnIsSomebodyElses() {
        hand.asking();
        hand.signalled("9");
        hand.signalled("9");

        assertThat(hand.found()).contains("it was killed");
    }

    @Test
    void signalsThatAreNeverSentFromHereAreSomebodyElses() {
        hand.asking();
        hand.signalled("15");
        hand.signalled("9");

        assertThat(hand.found()).contains("it was sent the signal 15");
    }

    @Test
    void aPauseIsSomebodyElses() {
        hand.paused();

        assertThat(hand.found()).contains("it was paused");
    }
}
