package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.DockerConfig.Engine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two clients of one engine, and what it said of itself when it was reached.
 *
 * @param control its requests are answered or fail
 * @param streaming its requests may last
 * @param api the version of the API that both speak
 * @param version what the engine says of its versions
 * @param info what the engine says of its machine
 */
record EngineConnection(DockerClient control, DockerClient streaming, RemoteApiVersion api, Version version, Info info)
        implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineConnection.class);

    private static final RemoteApiVersion OLDEST = RemoteApiVersion.create(1, 40);
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.create(1, 44);

    /**
     * Reaches an engine.
     *
     * @param engine how it is reached
     * @return the connection; the caller must close it
     * @throws BackendException if there is none, or none that can be used; says why and one fix
     */
    static EngineConnection to(Engine engine) throws BackendException {
        String where = where(engine);
        try (DockerClient asking = client(engine, Optional.empty(), engine.responseTimeout())) {
            asking.pingCmd().exec();
            Version version = asking.versionCmd().exec();
            refusePodman(version);
            RemoteApiVersion api = negotiate(version);
            Info info = asking.infoCmd().exec();
            return new EngineConnection(
                    client(engine, Optional.of(api), engine.responseTimeout()),
                    client(engine, Optional.of(api), Duration.ZERO),
                    api,
                    version,
                    info);
        } catch (RuntimeException | IOException e) {
            throw EngineFailure.of("no Docker engine can be used at " + where, e);
        }
    }

    static String where(Engine engine) throws BackendException {
        try {
            return engine.host().isPresent()
                    ? engine.host().get()
                    : ClientSettings.of(engine, Optional.empty())
                            .getDockerHost()
                            .toString();
        } catch (RuntimeException e) {
            throw EngineFailure.of("the settings of the Docker client cannot be used", e);
        }
    }

    /** It speaks the API, and refuses what a sandbox is made of. */
    private static void refusePodman(Version version) throws BackendException {
        if (version.getComponents() != null
                && version.getComponents().stream().anyMatch(part -> "Podman Engine".equals(part.getName()))) {
            throw new BackendException("the engine is Podman " + version.getVersion()
                    + ", which takes a seccomp profile as a file of its machine only, and neither an owner nor a number"
                    + " of files for a tmpfs; use Docker Engine: scripts/setup_docker_sandbox.sh, or set DOCKER_HOST");
        }
    }

    /** The newest version of the API that both sides speak. */
    static RemoteApiVersion negotiate(Version version) throws BackendException {
        RemoteApiVersion offered = RemoteApiVersion.parseConfig(version.getApiVersion());
        if (!offered.isGreaterOrEqual(OLDEST)) {
            throw new BackendException("the Docker engine speaks API " + version.getApiVersion() + ", and "
                    + OLDEST.getVersion() + " or newer is needed; update the engine");
        }
        String oldestOffered = version.getMinAPIVersion();
        if (oldestOffered != null && !NEWEST.isGreaterOrEqual(RemoteApiVersion.parseConfig(oldestOffered))) {
            throw new BackendException("the Docker engine speaks no API older than " + oldestOffered + ", and "
                    + NEWEST.getVersion() + " is the newest known here; update Strategy Sandbox");
        }
        return offered.isGreaterOrEqual(NEWEST) ? NEWEST : offered;
    }

    /** The engine's own time; this machine's may be another. */
    Instant now() throws BackendException {
        try {
            return OffsetDateTime.parse(info.getSystemTime()).toInstant();
        } catch (DateTimeParseException | NullPointerException e) {
            throw new BackendException(
                    "the Docker engine tells no time (" + info.getSystemTime() + "); look at docker info", e);
        }
    }

    private static DockerClient client(Engine engine, Optional<RemoteApiVersion> api, Duration responseTimeout)
            throws BackendException {
        DefaultDockerClientConfig config = ClientSettings.of(engine, api);
        ZerodepDockerHttpClient.Builder http = new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .maxConnections(1000)
                .connectionTimeout(engine.connectTimeout());
        return DockerClientImpl.getInstance(
                config,
                responseTimeout.isZero()
                        ? http.build()
                        : new BoundedHttpClient(
                                http.responseTimeout(responseTimeout).build(), responseTimeout));
    }

    /** {@return the engine in a few words, to which more can be added} */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("engine", String.valueOf(version().getVersion()));
        facts.put("engineApi", api().getVersion());
        facts.put("engineKernel", String.valueOf(info().getKernelVersion()));
        return facts;
    }

    @Override
    public void close() {
        close(streaming);
        close(control);
    }

    private static void close(DockerClient client) {
        try {
            client.close();
        } catch (IOException e) {
            LOG.debug("closing a client of the engine", e);
        }
    }
}
