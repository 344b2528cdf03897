package io.strategysandbox.core.backend;

import io.strategysandbox.protocol.ProtocolException;
import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.RunnerMessage.Decided;
import io.strategysandbox.protocol.RunnerMessage.Done;
import io.strategysandbox.protocol.RunnerMessage.Failed;
import io.strategysandbox.protocol.RunnerMessage.Hello;
import io.strategysandbox.protocol.RunnerMessage.Loaded;
import io.strategysandbox.protocol.RunnerMessage.Log;
import io.strategysandbox.protocol.Wire;
import java.util.Arrays;
import java.util.Optional;

/** How far a run has come, and which message may come next. Not thread-safe. */
final class Progress {

    private final int bars;
    private final int window;
    private double[] targets = new double[Wire.MAX_BATCH_BARS];
    private int sent;
    private int decided;
    private boolean ready;
    private boolean loaded;
    private boolean done;
    private Optional<Failed> failed = Optional.empty();
    private String lastFrame = "";

    /**
     * At the start.
     *
     * @param bars how many there are
     * @param window how many may be under way
     */
    Progress(int bars, int window) {
        this.bars = bars;
        this.window = Math.max(1, Math.min(window, Wire.MAX_WINDOW_BARS));
    }

    /** How many bars the next frame may hold; 0 if the runner has to acknowledge some first, or all are sent. */
    int room() {
        return Math.min(Wire.MAX_BATCH_BARS, Math.min(bars - sent, window - (sent - decided)));
    }

    /** The index of the next bar to send. */
    int sent() {
        return sent;
    }

    boolean allSent() {
        return sent == bars;
    }

    /** Notes that bars are about to be sent; before they are, since the answer may be quick. */
    void sending(int count) {
        sent += count;
    }

    /**
     * Takes a message.
     *
     * @throws ProtocolException if an honest runner would not send it now
     */
    void accept(RunnerMessage message) throws ProtocolException {
        if (ended()) {
            throw new ProtocolException(message.name() + " after the last message");
        }
        if (message instanceof Hello hello) {
            hello(hello);
        } else if (message instanceof Loaded) {
            require(ready && !loaded, message);
            loaded = true;
        } else if (message instanceof Decided decision) {
            require(loaded, message);
            decisions(decision);
        } else if (message instanceof Log log) {
            require(ready && log.bytes().length > 0, message);
        } else if (message instanceof Failed failure) {
            require(ready, message);
            failed = Optional.of(failure);
        } else if (message instanceof Done end) {
            require(loaded && decided == bars && end.bars() == bars, message);
            done = true;
        }
        lastFrame = message.name();
    }

    private void hello(Hello hello) throws ProtocolException {
        require(!ready, hello);
        if (hello.version() != Wire.VERSION) {
            throw new ProtocolException("the runner speaks version " + hello.version() + " of the protocol, this host "
                    + Wire.VERSION + "; rebuild the image");
        }
        ready = true;
    }

    private void decisions(Decided decision) throws ProtocolException {
        double[] batch = decision.targets();
        int first = decision.firstIndex();
        if (first < decided) {
            throw new ProtocolException("a decision on bar " + first + ", which was already decided on");
        }
        if (first > decided) {
            throw new ProtocolException("a decision on bar " + first + " where bar " + decided + " was due");
        }
        if (batch.length > sent - decided) {
            throw new ProtocolException("a decision on bar " + sent + ", which had not been sent");
        }
        for (int i = 0; i < batch.length; i++) {
            if (!(batch[i] >= -1 && batch[i] <= 1)) {
                throw new ProtocolException("a target of " + batch[i] + " on bar " + (first + i));
            }
        }
        if (decided + batch.length > targets.length) {
            targets = Arrays.copyOf(targets, Math.min(bars, Math.max(decided + batch.length, 2 * targets.length)));
        }
        System.arraycopy(batch, 0, targets, decided, batch.length);
        decided += batch.length;
    }

    private static void require(boolean condition, RunnerMessage message) throws ProtocolException {
        if (!condition) {
            throw new ProtocolException(message.name() + " out of turn");
        }
    }

    boolean ready() {
        return ready;
    }

    /** Whether the last message came. */
    boolean ended() {
        return done || failed.isPresent();
    }

    boolean done() {
        return done;
    }

    Optional<Failed> failed() {
        return failed;
    }

    /** The name of the last message taken. */
    String lastFrame() {
        return lastFrame;
    }

    Decisions decisions() {
        return Decisions.of(Arrays.copyOf(targets, decided));
    }
}
