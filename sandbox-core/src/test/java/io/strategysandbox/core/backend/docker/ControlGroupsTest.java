package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.backend.ResourceUsage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both versions of control groups, as files. */
class ControlGroupsTest {

    private static final String ID = "0123456789abcdef";

    @TempDir
    private Path mounted;

    private void file(String name, String content) throws IOException {
        Path file = mounted.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content + "\n");
    }

    private ControlGroups groups(String... lines) {
        return ControlGroups.parse(List.of(lines), ID, mounted).orElseThrow();
    }

    @Test
    void version2() throws IOException {
        String scope = "system.slice/docker-" + ID + ".scope/";
        file(scope + "memory.max", "1048576");
        file(scope + "memory.peak", "4096");
        file(scope + "pids.max", "64");
        file(scope + "pids.events", "max 3");
        file(scope + "cpu.max", "50000 100000");
        file(scope + "cpu.stat", "usage_usec 2500000\nuser_usec 1");

        ControlGroups groups = groups("0::/system.slice/docker-" + ID + ".scope");

        assertThat(groups.complete()).isTrue();
        assertThat(groups.memoryLimit()).hasValue(1_048_576);
        assertThat(groups.processLimit()).hasValue(64);
        assertThat(groups.processors()).hasValue(0.5);
        assertThat(groups.usage()).isEqualTo(new ResourceUsage(OptionalLong.of(4096), OptionalLong.of(2500), true));
    }

    @Test
    void version1() throws IOException {
        file("memory/docker/" + ID + "/memory.limit_in_bytes", "1048576");
        file("memory/docker/" + ID + "/memory.max_usage_in_bytes", "4096");
        file("pids/docker/" + ID + "/pids.max", "64");
        file("pids/docker/" + ID + "/pids.events", "max 0");
        file("cpu/docker/" + ID + "/cpu.cfs_quota_us", "150000");
        file("cpu/docker/" + ID + "/cpu.cfs_period_us", "100000");
        file("cpuacct/docker/" + ID + "/cpuacct.usage", "2500000000");

        ControlGroups groups = groups("4:memory:/docker/" + ID, "8:pids:/docker/" + ID, "1:cpu,cpuacct:/docker/" + ID);

        assertThat(groups.complete()).isTrue();
        assertThat(groups.memoryLimit()).hasValue(1_048_576);
        assertThat(groups.processors()).hasValue(1.5);
        assertThat(groups.usage()).isEqualTo(new ResourceUsage(OptionalLong.of(4096), OptionalLong.of(2500), false));
    }

    @Test
    void noLimitIsNotALimit() throws IOException {
        file("docker/" + ID + "/memory.max", "max");
        file("docker/" + ID + "/pids.max", "max");
        file("docker/" + ID + "/cpu.max", "max 100000");

        ControlGroups groups = groups("0::/docker/" + ID);

        assertThat(groups.memoryLimit()).isEmpty();
        assertThat(groups.processLimit()).isEmpty();
        assertThat(groups.processors()).isEmpty();
        assertThat(groups.usage()).isEqualTo(ResourceUsage.UNKNOWN);
    }

    @Test
    void anotherProcessWithTheSameNumberIsNotLookedAt() throws IOException {
        file("user.slice/memory.max", "1");

        assertThat(ControlGroups.parse(List.of("0::/user.slice"), ID, mounted)).isEmpty();
    }
}
