package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.DockerConfig.Engine;
import io.strategysandbox.core.host.ScratchFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a {@link Janitor} does: wait for the end of the process that started it, and remove what that has left. */
final class JanitorMain {

    /** When to look, after the end; what the engine was asked for just before it comes late. */
    private static final List<Duration> LOOKS =
            List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(3), Duration.ofSeconds(6));

    /** Then it gives up, whatever the engine does. */
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Owner owner;
    private final Engine engine;

    private JanitorMain(Owner owner, Engine engine) {
        this.owner = owner;
        this.engine = engine;
    }

    /**
     * Waits and cleans up.
     *
     * @param arguments the owner, the time for a connection and for an answer, and where the engine is, if not where its
     *     client looks by itself
     */
    public static void main(String[] arguments) throws Exception {
        Owner owner = Owner.in(arguments[0]).orElseThrow();
        Engine engine = new Engine(
                arguments.length > 3 ? Optional.of(arguments[3]) : Optional.empty(),
                Duration.parse(arguments[1]),
                shorter(Duration.parse(arguments[2]), LONGEST.dividedBy(3)));
        // A signal for all processes of a terminal or a build comes here, too: first the work.
        Thread work = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> await(work)));
        awaitEndOfInput();
        new JanitorMain(owner, engine).cleanUp();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static void await(Thread work) {
        try {
            work.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitEndOfInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever said.
            }
        } catch (IOException e) {
            // The end, too.
        }
    }

    private void cleanUp() throws InterruptedException, IOException {
        long end = System.nanoTime();
        giveUpAfterAWhile();
        while (!owner.hasEnded()) {
            Thread.sleep(POLL.toMillis());
        }
        ScratchFolder.sweep();
        Optional<EngineConnection> connection = Optional.empty();
        try {
            for (Duration look : LOOKS) {
                long wait = end + look.toNanos() - System.nanoTime();
                Thread.sleep(Math.max(0, Duration.ofNanos(wait).toMillis()));
                try {
                    if (connection.isEmpty()) {
                        connection = Optional.of(EngineConnection.to(engine));
                    }
                    sweep(connection.get());
                } catch (BackendException e) {
                    // A later look may find the engine, or else the next build.
                }
            }
        } finally {
            connection.ifPresent(EngineConnection::close);
        }
    }

    private void sweep(EngineConnection connection) throws BackendException {
        new OrphanSweep(connection.control(), connection.now(), removed -> {}, Optional.of(owner)).run();
    }

    private static void giveUpAfterAWhile() {
        Thread thread = new Thread(() -> {
            try {
                Thread.sleep(LONGEST.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        thread.setDaemon(true);
        thread.start();
    }
}
