package io.strategysandbox.junit.engine;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;
import org.junit.platform.testkit.engine.Events;

/** How the nodes of a run ended, by their ids. */
final class Outcomes {

    private final Map<UniqueId, TestExecutionResult> results;
    private final Events events;

    Outcomes(EngineExecutionResults run) {
        this.events = run.allEvents();
        this.results = events.stream()
                .filter(event -> event.getType() == EventType.FINISHED)
                .collect(Collectors.toMap(
                        event -> event.getTestDescriptor().getUniqueId(),
                        event -> event.getRequiredPayload(TestExecutionResult.class)));
    }

    Status status(UniqueId id) {
        return results.get(id).getStatus();
    }

    String message(UniqueId id) {
        return results.get(id).getThrowable().map(Throwable::getMessage).orElse("");
    }

    Throwable failure(UniqueId id) {
        return results.get(id).getThrowable().orElseThrow();
    }

    List<Event> of(EventType type, UniqueId id) {
        return events.stream()
                .filter(event -> event.getType() == type)
                .filter(event -> event.getTestDescriptor().getUniqueId().equals(id))
                .toList();
    }

    /** {@return the ids of what began and ended, in the order of these events, strategies only} */
    List<String> strategyEvents() {
        return events.stream()
                .filter(event -> event.getTestDescriptor() instanceof StrategyNode)
                .filter(event -> event.getType() == EventType.STARTED || event.getType() == EventType.FINISHED)
                .map(event -> event.getType() + " "
                        + event.getTestDescriptor()
                                .getUniqueId()
                                .getLastSegment()
                                .getValue())
                .toList();
    }
}
