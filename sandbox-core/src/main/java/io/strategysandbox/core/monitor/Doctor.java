package io.strategysandbox.core.monitor;

import io.strategysandbox.core.backend.docker.EngineFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes of facts what a person can act on. */
public final class Doctor {

    private static final long GIB = 1L << 30;
    private static final long LITTLE = 5 * GIB;
    private static final long TOO_LITTLE = GIB;

    private final EngineFacts facts;
    private final boolean engineRequired;
    private final List<Check> checks = new ArrayList<>();

    private Doctor(EngineFacts facts, boolean engineRequired) {
        this.facts = facts;
        this.engineRequired = engineRequired;
    }

    /**
     * Looks at everything.
     *
     * @param facts what was found out
     * @param engineRequired whether the configuration asks for an engine
     * @param notEnforced what the local backend does not enforce; empty if it was not asked
     * @return one check for each thing
     */
    public static Diagnosis diagnose(EngineFacts facts, boolean engineRequired, List<String> notEnforced) {
        Doctor doctor = new Doctor(facts, engineRequired);
        doctor.java();
        doctor.engine();
        facts.engine().ifPresent(doctor::inside);
        if (facts.engine().isEmpty()) {
            doctor.checks.add(Check.warn(
                    "fallback",
                    "without an engine, sandbox.backend=auto runs strategies as child processes; not enforced: "
                            + String.join(", ", notEnforced),
                    "get an engine, or run only strategies that you trust"));
        }
        return new Diagnosis(doctor.checks, facts.engine().isPresent());
    }

    private void java() {
        String java = "Java " + Runtime.version() + " in " + System.getProperty("java.home");
        checks.add(facts.javaProblem()
                .map(problem -> Check.fail(
                        "java",
                        java + ": " + problem,
                        "run Maven with a whole JDK, 17 or newer, on Linux, and point JAVA_HOME to it"))
                .orElseGet(() -> Check.ok("java", java + ", with jlink")));
    }

    private void engine() {
        String place = facts.address() + " (from " + facts.source() + ")";
        if (facts.engine().isPresent()) {
            EngineFacts.Engine engine = facts.engine().get();
            checks.add(Check.ok("engine", engine.version() + " at " + place + ", on " + engine.system()));
            checks.add(Check.ok(
                    "api",
                    "speaks "
                            + engine.oldestApi().map(oldest -> oldest + " to ").orElse("up to ") + engine.api()
                            + ", used: " + engine.spokenApi()));
            return;
        }
        // Such a message ends with its fix.
        String message = facts.unavailable().orElse("no answer; look at the engine's log");
        int end = message.lastIndexOf("; ");
        String text = place + ": " + (end < 0 ? message : message.substring(0, end));
        String fix = end < 0 ? "run scripts/setup_docker_sandbox.sh --check" : message.substring(end + 2);
        checks.add(engineRequired ? Check.fail("engine", text, fix) : Check.warn("engine", text, fix));
    }

    private void inside(EngineFacts.Engine engine) {
        checks.add(
                engine.linux()
                        ? Check.ok("system", "containers run on Linux")
                        : Check.fail(
                                "system", "containers do not run on Linux", "switch the engine to Linux containers"));
        limits(engine);
        security(engine);
        checks.add(
                engine.runtime().equals("runc")
                        ? RuncEscapes.check(engine.runc())
                        : Check.ok("runtime", engine.runtime() + " runs sandboxes, not runc"));
        image(engine);
        orphans(engine);
        disk(engine);
    }

    private void limits(EngineFacts.Engine engine) {
        String version = "cgroup version " + engine.cgroupVersion().orElse("unknown");
        checks.add(
                engine.missingLimits().isEmpty()
                        ? Check.ok("cgroups", version + ", limits memory, processes and processor time")
                        : Check.fail(
                                "cgroups",
                                version + ", cannot limit " + String.join(", ", engine.missingLimits()),
                                "mount the controllers where the engine runs: add cgroup_enable=memory swapaccount=1 to the"
                                        + " kernel's command line, or use cgroup version 2"));
    }

    private void security(EngineFacts.Engine engine) {
        checks.add(
                has(engine, "seccomp")
                        ? Check.ok("seccomp", "there")
                        : Check.fail(
                                "seccomp",
                                "missing: no system call is refused",
                                "use a kernel with CONFIG_SECCOMP_FILTER and an engine built with seccomp (docker info)"));
        Optional<String> module = has(engine, "apparmor")
                ? Optional.of("AppArmor")
                : has(engine, "selinux") ? Optional.of("SELinux") : Optional.empty();
        checks.add(module.map(name -> Check.ok("lsm", name + " is there"))
                .orElseGet(() -> Check.warn(
                        "lsm",
                        "neither AppArmor nor SELinux: one layer less",
                        "on Debian and Ubuntu: apt-get install apparmor, boot with security=apparmor, restart the"
                                + " engine")));
        Optional<String> users = has(engine, "userns")
                ? Optional.of("user namespaces map root to nobody")
                : has(engine, "rootless") ? Optional.of("the engine itself runs without root") : Optional.empty();
        checks.add(users.map(text -> Check.ok("users", text))
                .orElseGet(() -> Check.warn(
                        "users",
                        "no user namespaces: root in a container is the machine's root (sandboxes do not run as root)",
                        "put \"userns-remap\": \"default\" into /etc/docker/daemon.json and restart the engine")));
    }

    private static boolean has(EngineFacts.Engine engine, String option) {
        return engine.securityOptions().stream()
                .anyMatch(text -> text.equals(option)
                        || text.equals("name=" + option)
                        || text.startsWith("name=" + option + ","));
    }

    private void image(EngineFacts.Engine engine) {
        String text = engine.image()
                .map(image -> engine.imagePresent()
                        ? image + " is there"
                        : image + " is not there yet; the first run makes it, in about 20 s")
                .orElse("made by the first run: it cannot be told before");
        checks.add(Check.ok("image", text));
    }

    private void orphans(EngineFacts.Engine engine) {
        if (engine.orphans().isEmpty()) {
            checks.add(Check.warn(
                    "orphans",
                    "cannot be told: the processes of this machine cannot be seen",
                    "run on Linux with /proc mounted"));
            return;
        }
        int orphans = engine.orphans().getAsInt();
        checks.add(
                orphans == 0
                        ? Check.ok("orphans", "none")
                        : Check.warn(
                                "orphans",
                                orphans + " containers of builds that are gone",
                                "mvn io.strategysandbox:sandbox-maven-plugin:clean (a run removes them, too)"));
    }

    private void disk(EngineFacts.Engine engine) {
        if (engine.freeBytes().isEmpty()) {
            checks.add(Check.ok("disk", engine.directory() + " cannot be seen from here"));
            return;
        }
        long free = engine.freeBytes().getAsLong();
        String text = String.format(Locale.ROOT, "%.1f GiB free at %s", (double) free / GIB, engine.directory());
        String fix =
                "free space where the engine runs: docker system df shows what takes it, docker system prune removes"
                        + " what nothing uses";
        checks.add(
                free < TOO_LITTLE
                        ? Check.fail("disk", text, fix)
                        : free < LITTLE ? Check.warn("disk", text, fix) : Check.ok("disk", text));
    }
}
