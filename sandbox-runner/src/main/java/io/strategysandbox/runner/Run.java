package io.strategysandbox.runner;

import io.strategysandbox.protocol.HostMessage.BarBatch;
import io.strategysandbox.protocol.HostMessage.Job;
import io.strategysandbox.protocol.RunnerMessage;
import io.strategysandbox.protocol.RunnerMessage.Decided;
import io.strategysandbox.protocol.RunnerMessage.Done;
import io.strategysandbox.protocol.RunnerMessage.Loaded;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.ta4j.core.Bar;

/** One job, from its classes to its last bar. */
final class Run {

    private final Job job;
    private final Inbox inbox;
    private final Outbox outbox;
    private final Capture capture;
    private final History history;
    private int bar = -1;

    Run(Job job, Inbox inbox, Outbox outbox, Capture capture) {
        this.job = job;
        this.inbox = inbox;
        this.outbox = outbox;
        this.capture = capture;
        this.history = new History(Duration.ofMillis(job.barPeriodMillis()));
    }

    /** Runs, and says how it ended. */
    RunnerMessage toTheEnd() {
        Set<String> ownClasses = Set.of();
        try {
            StrategyLoader loader = new StrategyLoader(job.classes());
            ownClasses = loader.names();
            Thread.currentThread().setContextClassLoader(loader);
            Decider decider = load(loader);
            outbox.send(new Loaded());
            Optional<BarBatch> batch = inbox.bars();
            while (batch.isPresent()) {
                decide(decider, batch.get());
                batch = inbox.bars();
            }
            capture.flush();
            return new Done(history.count());
        } catch (Throwable e) {
            RunnerMessage failure = Failures.describe(e, ownClasses, bar);
            capture.flush();
            return failure;
        }
    }

    private Decider load(StrategyLoader loader) throws Throwable {
        Class<?> entry;
        try {
            entry = Class.forName(job.entry(), false, loader);
        } catch (ClassNotFoundException e) {
            throw new StrategyFault("there is no class " + job.entry() + "; name one as entry: in strategy.yaml");
        }
        return EntryPoint.of(entry, job.parameters(), job.sellShort());
    }

    private void decide(Decider decider, BarBatch batch) throws Throwable {
        double[] targets = new double[batch.size()];
        int decided = 0;
        try {
            for (int i = 0; i < batch.size(); i++) {
                Bar added = history.add(batch, i);
                if (history.count() == 1) {
                    decider.start(history.series());
                }
                bar = history.count() - 1;
                targets[i] = checked(decider.decide(bar, added));
                decided++;
            }
        } finally {
            // What was decided before a failure counts, however many bars came in one frame.
            capture.flush();
            if (decided > 0) {
                outbox.send(new Decided(batch.firstIndex(), Arrays.copyOf(targets, decided)));
            }
        }
    }

    private static double checked(double target) {
        if (!(target >= -1 && target <= 1)) {
            throw new StrategyFault("target exposure " + target + " is outside [-1, 1]; return a fraction of equity");
        }
        // Turns -0.0 into 0.0, which is the same position.
        return target + 0.0;
    }
}
