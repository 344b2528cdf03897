package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.strategysandbox.core.testing.RequiresDocker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/**
 * What code that has left its JVM is told by the kernel: a native program in a container with exactly the settings of a
 * sandbox, each question with the errno of its answer.
 */
@RequiresDocker
class NativeAttackTest {

    private static final int EPERM = 1;
    private static final int ENOENT = 2;
    private static final int EACCES = 13;
    private static final int ENOSYS = 38;

    /** Killed by SIGKILL, and by SIGSYS. */
    private static final int KILLED = 137;

    private static final int BAD_SYSTEM_CALL = 159;

    /** Newer than the newest name in the list: runc answers as an old kernel would. So is clone3, by our own wish. */
    private static final Set<String> UNKNOWN = Set.of("clone3");

    private static Optional<Probe> probe = Optional.empty();

    @BeforeAll
    static void build(@TempDir Path scratch) throws Exception {
        Optional<Path> program = Probe.compile(scratch);
        if (program.isEmpty() && Boolean.getBoolean("sandbox.docker.required")) {
            fail("there is no C compiler to build the probe with; run scripts/setup_docker_sandbox.sh");
        }
        assumeTrue(program.isPresent(), "there is no C compiler (cc) to build the probe with");
        probe = Optional.of(Probe.open(program.get(), scratch));
    }

    @AfterAll
    static void remove() throws Exception {
        if (probe.isPresent()) {
            probe.get().close();
        }
    }

    private static Probe probe() {
        return probe.orElseThrow();
    }

    @EachRound
    void whatIsRareIsRefused() throws Exception {
        Map<String, Integer> answers = probe().run("rare").answers();

        assertThat(answers).hasSize(51);
        answers.forEach((name, errno) -> assertThat(errno).as(name).isEqualTo(UNKNOWN.contains(name) ? ENOSYS : EPERM));
    }

    @EachRound
    void whatIsEverydayIsRefusedToo() throws Exception {
        Map<String, Integer> answers = probe().run("everyday").answers();

        assertThat(answers)
                .hasSize(20)
                .allSatisfy((name, errno) -> assertThat(errno).isEqualTo(EPERM));
    }

    @EachRound
    void itIsTheListThatRefusesIt() throws Exception {
        assertThat(probe().runUnconfined("everyday").answers())
                .hasSize(20)
                .allSatisfy((name, errno) -> assertThat(errno).isZero());
    }

    @EachRound
    void nothingCanBeExecutedAndNoMemoryOpened() throws Exception {
        assertThat(probe().run("files").answers())
                .containsEntry("own-memory", EACCES)
                .containsEntry("own-memory-by-number", EACCES)
                .containsEntry("pseudo-terminal", ENOENT)
                .containsEntry("message-queue", 30)
                .containsEntry("map-to-execute", EPERM)
                .containsEntry("execute-own-file", EACCES)
                .containsEntry("execute-shell", ENOENT)
                .containsEntry("execute-helper", ENOENT)
                .containsEntry("execute-library", EACCES);
    }

    @EachRound
    void noDescriptorIsLeftOpenAndNoLimitCanBeRaised() throws Exception {
        assertThat(probe().run("state").lines())
                .containsExactly(
                        "descriptor 0",
                        "descriptor 1",
                        "descriptor 2",
                        "core 0",
                        "cpu 155",
                        "fsize 1048576",
                        "nofile 256",
                        "raise-nofile " + EPERM);
    }

    @EachRound
    void theOtherWaysIntoTheKernelAreShut() throws Exception {
        assumeTrue(System.getProperty("os.arch").equals("amd64"), "only x86-64 has them");

        for (String way : new String[] {"int80", "x32"}) {
            Probe.Ended ended = probe().run(way);
            assertThat(ended.code()).as(way + ": " + ended).isEqualTo(BAD_SYSTEM_CALL);
            assertThat(ended.lines()).as(way).isEmpty();
        }
    }

    @EachRound
    void theKernelEndsWhatIsBusyPastItsDeadline() throws Exception {
        Probe.Ended ended = probe().start("spin", Duration.ofSeconds(2)).end();

        assertThat(ended.code()).isEqualTo(KILLED);
    }

    @EachRound
    void memoryIsBoundedByTheKernel() throws Exception {
        Probe.Ended ended = probe().run("memory");

        assertThat(ended.code()).isEqualTo(KILLED);
    }

    @EachRound
    void whatOneSandboxLeavesAnotherDoesNotSee() throws Exception {
        Probe.Running first = probe().start("leave");
        first.awaitOutput("leave-shm");
        Map<String, Integer> second = probe().run("look").answers();
        first.kill();

        assertThat(first.end().answers()).containsEntry("leave-tmp", 0).containsEntry("leave-shm", 0);
        assertThat(second).containsEntry("look-tmp", ENOENT).containsEntry("look-shm", ENOENT);
    }
}
