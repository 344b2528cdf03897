package io.strategysandbox.core.backend.docker;

import java.util.Optional;
import java.util.Set;

/**
 * What somebody else did to a container through the engine: ended it, sent it a signal, stopped its time. The engine tells
 * of each signal that it was asked to send; those beyond what this process asked for are somebody else's. Nothing inside a
 * container can make the engine tell so.
 */
final class OutsideHand {

    private static final Set<String> KILL = Set.of("9", "KILL", "SIGKILL");

    private int asked;
    private int kills;
    private Optional<String> seen = Optional.empty();

    /** This process is about to ask for a kill. */
    synchronized void asking() {
        asked++;
    }

    /** The engine refused the last kill that was asked for: there was nothing to kill. */
    synchronized void refused() {
        asked--;
    }

    /** The engine tells of a signal. */
    synchronized void signalled(String signal) {
        if (KILL.contains(signal)) {
            kills++;
        } else {
            see("it was sent the signal " + signal);
        }
    }

    /** The engine tells of a pause. */
    synchronized void paused() {
        see("it was paused");
    }

    private void see(String what) {
        if (seen.isEmpty()) {
            seen = Optional.of(what);
        }
    }

    /** {@return what somebody else did, in words; empty if nobody did anything} */
    synchronized Optional<String> found() {
        return seen.or(() -> kills > asked ? Optional.of("it was killed") : Optional.empty());
    }
}
