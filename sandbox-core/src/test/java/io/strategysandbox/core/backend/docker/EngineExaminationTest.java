package io.strategysandbox.core.backend.docker;

import static org.assertj.core.api.Assertions.assertThat;

import io.strategysandbox.core.testing.RequiresDocker;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineExaminationTest {

    @Test
    @RequiresDocker
    void aRealEngineTellsAllThatTheDoctorWants() throws Exception {
        String image;
        try (DockerExecutor executor = DockerExecutor.open(EngineForTests.DEFAULTS, message -> {})) {
            image = executor.facts().get("image");
        }
        EngineFacts facts = DockerExecutor.examine(EngineForTests.DEFAULTS);

        assertThat(facts.unavailable()).isEmpty();
        assertThat(facts.javaProblem()).isEmpty();
        assertThat(facts.engine()).hasValueSatisfying(engine -> {
            assertThat(engine.version()).matches("\\d+\\..*");
            assertThat(engine.api()).matches("1\\.\\d+");
            assertThat(engine.oldestApi()).get().asString().matches("1\\.\\d+");
            assertThat(engine.linux()).isTrue();
            assertThat(engine.cgroupVersion()).get().asString().matches("[12]");
            assertThat(engine.missingLimits()).isEmpty();
            assertThat(engine.securityOptions()).anyMatch(option -> option.startsWith("name=seccomp"));
            assertThat(engine.runtime()).isNotBlank();
            assertThat(engine.image()).contains(image);
            assertThat(engine.imagePresent()).isTrue();
            assertThat(engine.orphans()).isPresent();
            assertThat(engine.directory()).startsWith("/");
        });
    }

    @Test
    void whatAnEngineSaysIsReadAsItIsSaid() throws Exception {
        try (StubEngine stub = new StubEngine()) {
            stub.answer("GET /version", 200, """
                    {"Version":"20.10.24","ApiVersion":"1.41","MinAPIVersion":"1.12","Components":[
                      {"Name":"Engine","Version":"20.10.24"},
                      {"Name":"runc","Version":"1.1.5+ds1","Details":{"GitCommit":"1.1.5+ds1-1+deb12u1"}}]}""");
            stub.answer("GET /info", 200, """
                    {"SystemTime":"2026-01-01T00:00:00Z","OSType":"linux","OperatingSystem":"Debian","KernelVersion":"6.1",
                     "CgroupVersion":"2","MemoryLimit":true,"PidsLimit":false,"CpuCfsQuota":true,
                     "DefaultRuntime":"runsc","DockerRootDir":"/nowhere","SecurityOptions":["name=seccomp,profile=default"]}""");
            stub.answer("GET /containers/json", 200, """
                    [{"Id":"c1","Labels":{"io.strategysandbox.owner":"x",
                      "io.strategysandbox.deadline":"2020-01-01T00:00:00Z"}}]""");

            EngineFacts.Engine engine = DockerExecutor.examine(EngineForTests.withHost(stub.host()))
                    .engine()
                    .orElseThrow();

            assertThat(engine.runc()).containsExactly("1.1.5+ds1", "1.1.5+ds1-1+deb12u1");
            assertThat(engine.missingLimits()).containsExactly("processes");
            assertThat(engine.runtime()).isEqualTo("runsc");
            assertThat(engine.orphans()).hasValue(1);
            assertThat(engine.imagePresent()).isFalse();
            assertThat(engine.freeBytes()).isEmpty();
            assertThat(engine.system()).isEqualTo("Debian, kernel 6.1");
            assertThat(engine.spokenApi()).isEqualTo("1.41");
        }
    }

    @Test
    void withoutAnEngineItSaysWhereItLookedAndWhy(@TempDir Path folder) throws Exception {
        String host = "unix://" + folder.resolve("nobody.sock");
        EngineFacts facts = DockerExecutor.examine(EngineForTests.withHost(host));

        assertThat(facts.engine()).isEmpty();
        assertThat(facts.address()).isEqualTo(host);
        assertThat(facts.source()).isEqualTo("engine.host in docker_config.yaml");
        assertThat(facts.unavailable()).get().asString().contains(host);
    }

    @Test
    void whoSaysWhereTheEngineIs() {
        assertThat(EngineExamination.source(EngineForTests.DEFAULTS.engine(), Map.of("DOCKER_HOST", "tcp://x:1")))
                .isEqualTo("DOCKER_HOST");
        assertThat(EngineExamination.source(EngineForTests.DEFAULTS.engine(), Map.of("DOCKER_CONTEXT", "far")))
                .isEqualTo("DOCKER_CONTEXT=far");
        assertThat(EngineExamination.source(EngineForTests.DEFAULTS.engine(), Map.of()))
                .contains("current context");
    }
}
