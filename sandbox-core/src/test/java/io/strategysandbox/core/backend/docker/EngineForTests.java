package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.strategysandbox.core.config.ConfigLoader;
import io.strategysandbox.core.config.DockerConfig;
import io.strategysandbox.core.config.DockerConfig.Engine;
import io.strategysandbox.core.config.DockerConfig.Image;
import io.strategysandbox.core.config.DockerConfig.Limits;
import io.strategysandbox.core.config.DockerConfig.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The engine as a second witness, and variants of the shipped configuration. */
final class EngineForTests {

    static final DockerConfig DEFAULTS = ConfigLoader.defaults().docker();

    private EngineForTests() {}

    static DockerClient client() {
        DefaultDockerClientConfig config =
                DefaultDockerClientConfig.createDefaultConfigBuilder().build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .build());
    }

    /** The defaults, with other limits. */
    static DockerConfig config(long memoryBytes, int pids) {
        Limits limits = DEFAULTS.limits();
        return with(
                DEFAULTS.engine(),
                DEFAULTS.image(),
                new Limits(
                        memoryBytes,
                        limits.heapFraction(),
                        limits.cpus(),
                        limits.timeout(),
                        pids,
                        limits.openFiles(),
                        limits.fileSizeBytes(),
                        limits.shmBytes(),
                        limits.tmpBytes(),
                        limits.tmpInodes()),
                DEFAULTS.security());
    }

    static DockerConfig withImage(Optional<String> base, Optional<String> dockerfile) {
        Image image = new Image("strategy-sandbox/test-of-bases", base, dockerfile, List.of());
        return with(DEFAULTS.engine(), image, DEFAULTS.limits(), DEFAULTS.security());
    }

    static DockerConfig withRepository(String repository) {
        Image image = new Image(repository, Optional.empty(), Optional.empty(), List.of());
        return with(DEFAULTS.engine(), image, DEFAULTS.limits(), DEFAULTS.security());
    }

    static DockerConfig withHost(String host) {
        return withHost(host, DEFAULTS.engine().responseTimeout());
    }

    static DockerConfig withHost(String host, Duration responseTimeout) {
        return with(
                new Engine(Optional.of(host), DEFAULTS.engine().connectTimeout(), responseTimeout),
                DEFAULTS.image(),
                DEFAULTS.limits(),
                DEFAULTS.security());
    }

    static DockerConfig withSeccomp(String path) {
        Security security = DEFAULTS.security();
        return with(
                DEFAULTS.engine(),
                DEFAULTS.image(),
                DEFAULTS.limits(),
                new Security(security.uid(), security.gid(), Optional.of(path), security.runtime()));
    }

    private static DockerConfig with(Engine engine, Image image, Limits limits, Security security) {
        return new DockerConfig(engine, image, limits, security, DEFAULTS.output(), DEFAULTS.feed());
    }
}
