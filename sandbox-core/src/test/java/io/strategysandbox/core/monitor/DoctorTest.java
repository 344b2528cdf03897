package io.strategysandbox.core.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.strategysandbox.core.backend.docker.EngineFacts;
import io.strategysandbox.core.monitor.Check.Status;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DoctorTest {

    private static final List<String> HARDENED =
            List.of("name=apparmor", "name=seccomp,profile=builtin", "name=userns", "name=cgroupns");

    private boolean linux = true;
    private List<String> missingLimits = List.of();
    private List<String> options = HARDENED;
    private String runtime = "runc";
    private List<String> runc = List.of("1.3.3");
    private boolean imagePresent = true;
    private OptionalInt orphans = OptionalInt.of(0);
    private OptionalLong free = OptionalLong.of(50L << 30);
    private Optional<String> javaProblem = Optional.empty();

    private Diagnosis diagnose() {
        EngineFacts.Engine engine = new EngineFacts.Engine(
                "29.1.0",
                "1.52",
                Optional.of("1.44"),
                "1.44",
                "Debian GNU/Linux 13, kernel 6.12",
                linux,
                Optional.of("2"),
                missingLimits,
                options,
                runtime,
                runc,
                Optional.of("strategy-sandbox/runner:0123"),
                imagePresent,
                orphans,
                "/var/lib/docker",
                free);
        return Doctor.diagnose(
                new EngineFacts(
                        "unix:///var/run/docker.sock",
                        "DOCKER_HOST",
                        Optional.empty(),
                        javaProblem,
                        Optional.of(engine)),
                true,
                List.of());
    }

    private Check check(String name) {
        return diagnose().checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whereAllIsFineNothingHasAFix() {
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.checks())
                .extracting(Check::name, Check::status)
                .containsExactly(
                        tuple("java", Status.OK),
                        tuple("engine", Status.OK),
                        tuple("api", Status.OK),
                        tuple("system", Status.OK),
                        tuple("cgroups", Status.OK),
                        tuple("seccomp", Status.OK),
                        tuple("lsm", Status.OK),
                        tuple("users", Status.OK),
                        tuple("runc", Status.OK),
                        tuple("image", Status.OK),
                        tuple("orphans", Status.OK),
                        tuple("disk", Status.OK));
        assertThat(diagnosis.checks()).allMatch(check -> check.fix().isEmpty());
        assertThat(diagnosis.summary()).isEqualTo("strategies run in containers here: 12 fine, 0 to look at, 0 broken");
        assertThat(check("engine").text())
                .isEqualTo(
                        "29.1.0 at unix:///var/run/docker.sock (from DOCKER_HOST), on Debian GNU/Linux 13, kernel 6.12");
        assertThat(check("api").text()).isEqualTo("speaks 1.44 to 1.52, used: 1.44");
    }

    @Test
    void everyThingThatIsNotFineIsSeenWithAFix() {
        linux = false;
        missingLimits = List.of("memory");
        options = List.of("name=cgroupns");
        runc = List.of("1.1.0");
        orphans = OptionalInt.of(3);
        free = OptionalLong.of(100L << 20);
        javaProblem = Optional.of("there is no jlink");
        Diagnosis diagnosis = diagnose();

        assertThat(diagnosis.checks())
                .filteredOn(check -> check.status() != Status.OK)
                .extracting(Check::name, Check::status)
                .containsExactly(
                        tuple("java", Status.FAIL),
                        tuple("system", Status.FAIL),
                        tuple("cgroups", Status.FAIL),
                        tuple("seccomp", Status.FAIL),
                        tuple("lsm", Status.WARN),
                        tuple("users", Status.WARN),
                        tuple("runc", Status.WARN),
                        tuple("orphans", Status.WARN),
                        tuple("disk", Status.FAIL));
        assertThat(diagnosis.summary()).startsWith("containers here cannot be trusted: 3 fine, 4 to look at, 5 broken");
        assertThat(check("orphans").text()).startsWith("3 containers");
        assertThat(check("cgroups").text()).contains("cannot limit memory");
    }

    @Test
    void thereIsMoreThanOneWayToBeFine() {
        options = List.of("name=seccomp,profile=default", "name=selinux", "name=rootless");
        runtime = "runsc";
        runc = List.of("1.0.0");
        imagePresent = false;
        free = OptionalLong.empty();
        assertThat(diagnose().count(Status.OK)).isEqualTo(12);
        assertThat(check("lsm").text()).startsWith("SELinux");
        assertThat(check("runtime").text()).startsWith("runsc");
        assertThat(check("image").text()).contains("the first run makes it");
        assertThat(check("disk").text()).contains("cannot be seen from here");

        free = OptionalLong.of(3L << 30);
        orphans = OptionalInt.empty();
        assertThat(check("disk").status()).isEqualTo(Status.WARN);
        assertThat(check("orphans").status()).isEqualTo(Status.WARN);
    }

    @Test
    void withoutAnEngineItSaysWhyAndWhatHappensInstead() {
        EngineFacts facts = new EngineFacts(
                "unix:///nobody",
                "DOCKER_HOST",
                Optional.of("no such file; make one"),
                Optional.empty(),
                Optional.empty());
        Diagnosis wanted = Doctor.diagnose(facts, false, List.of("network", "files"));

        assertThat(wanted.engineAnswers()).isFalse();
        assertThat(wanted.summary()).startsWith("strategies cannot run in containers here");
        assertThat(wanted.checks())
                .extracting(Check::name, Check::status)
                .containsExactly(
                        tuple("java", Status.OK), tuple("engine", Status.WARN), tuple("fallback", Status.WARN));
        assertThat(wanted.checks().get(1).text()).contains("unix:///nobody").endsWith(": no such file");
        assertThat(wanted.checks().get(1).fix()).contains("make one");
        assertThat(wanted.checks().get(2).text()).contains("network, files");

        assertThat(Doctor.diagnose(facts, true, List.of()).checks().get(1).status())
                .isEqualTo(Status.FAIL);
    }
}
