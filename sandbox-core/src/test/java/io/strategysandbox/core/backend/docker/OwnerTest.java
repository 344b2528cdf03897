package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnerTest {

    @Test
    void isFoundAgainInWhatItIsPartOf() throws Exception {
        Owner self = Owner.self();

        assertThat(Owner.in(self.id() + "-" + "0".repeat(36))).contains(self);
        assertThat(Owner.in("strategy-sandbox/runner:0123456789abcdef0123-draft-" + self.id() + ".abcdef01"))
                .contains(self);
        assertThat(Owner.in("")).isEmpty();
        assertThat(Owner.in("4711-0a0b0c0d-0000")).isEmpty();
    }

    @Test
    void aProcessThatLivesIsNotGone() throws Exception {
        assertThat(Owner.self().isGone()).isFalse();
    }

    @Test
    void aProcessThatHasEndedIsGone() throws Exception {
        Owner self = Owner.self();
        Process ended = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(ended.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(new Owner(self.place(), ended.pid(), self.started()).isGone())
                .isTrue();
    }

    @Test
    void aProcessThatHasTakenTheNumberIsAnother() throws Exception {
        Owner self = Owner.self();

        assertThat(new Owner(self.place(), self.pid(), self.started() + "0").isGone())
                .isTrue();
    }

    @Test
    void aProcessThatCannotBeSeenFromHereMayLive() throws Exception {
        Owner self = Owner.self();

        assertThat(new Owner("00000000.1", self.pid(), self.started() + "0").isGone())
                .isFalse();
    }

    @Test
    void isNotLookedForWhereProcessesAreHidden() throws Exception {
        boolean root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        String line = "23 29 0:21 / /proc rw,nosuid shared:5 - proc proc rw";

        assertThat(Owner.hidesProcesses(List.of(line))).isFalse();
        assertThat(Owner.hidesProcesses(List.of(line + ",hidepid=0"))).isFalse();
        assertThat(Owner.hidesProcesses(List.of(line.replace("/proc", "/other") + ",hidepid=2")))
                .isFalse();
        for (String value : List.of("1", "2", "4", "invisible", "noaccess")) {
            assertThat(Owner.hidesProcesses(List.of(line + ",hidepid=" + value)))
                    .as(value)
                    .isNotEqualTo(root);
        }
    }
}
