package io.strategysandbox.core.backend.docker;

import io.strategysandbox.core.testing.RequiresDocker;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile code that no validator has seen, in containers as every strategy gets them: each attack, and its verdict; and
 * honest work between them.
 */
@RequiresDocker
class AttackTest {

    private static AttackRange range;

    @BeforeAll
    static void open(@TempDir Path scratch) throws Exception {
        range = new AttackRange(scratch);
    }

    @AfterAll
    static void close() throws Exception {
        range.close();
    }

    @TestFactory
    Stream<DynamicTest> honestWork() {
        return range.attack(HonestWork.all());
    }

    @TestFactory
    Stream<DynamicTest> notEnding() {
        return range.attack(TimeAttacks.all());
    }

    @TestFactory
    Stream<DynamicTest> memoryThreadsAndProcesses() {
        return range.attack(MemoryAttacks.all());
    }

    @TestFactory
    Stream<DynamicTest> output() {
        return range.attack(OutputAttacks.all());
    }

    @TestFactory
    Stream<DynamicTest> files() {
        return range.attack(FileAttacks.all());
    }

    @TestFactory
    Stream<DynamicTest> theOutside() {
        return range.attack(OutsideAttacks.all());
    }
}
