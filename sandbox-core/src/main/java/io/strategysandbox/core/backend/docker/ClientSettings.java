package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.LocalDirectorySSLConfig;
import com.github.dockerjava.core.RemoteApiVersion;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.DockerConfig.Engine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where the engine is and how it is spoken to, taken from the environment as the docker command does. */
final class ClientSettings {

    private static final List<String> TLS_FILES = List.of("ca.pem", "cert.pem", "key.pem");

    private ClientSettings() {}

    /**
     * Looks for the settings.
     *
     * @param engine what the configuration says
     * @param api the version of the API to speak, if it is known already
     * @throws BackendException if they cannot be used; says why and one fix
     */
    static DefaultDockerClientConfig of(Engine engine, Optional<RemoteApiVersion> api) throws BackendException {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        engine.host().ifPresent(builder::withDockerHost);
        api.ifPresent(version -> builder.withApiVersion(version));
        DefaultDockerClientConfig config = builder.build();
        if (!"unix".equals(config.getDockerHost().getScheme())
                && config.getSSLConfig() instanceof LocalDirectorySSLConfig tls) {
            check(tls);
        }
        return config;
    }

    /** Where a file is missing, the client would speak without TLS, and say nothing. */
    private static void check(LocalDirectorySSLConfig tls) throws BackendException {
        Path folder = Path.of(tls.getDockerCertPath());
        String fix = "; set DOCKER_CERT_PATH to a folder with " + String.join(", ", TLS_FILES) + " for this engine";
        for (String file : TLS_FILES) {
            if (!Files.isReadable(folder.resolve(file))) {
                throw new BackendException("the Docker engine is to be spoken to with TLS, and " + folder.resolve(file)
                        + " cannot be read" + fix);
            }
        }
        try {
            tls.getSSLContext();
        } catch (RuntimeException e) {
            throw new BackendException("the keys and certificates in " + folder + " cannot be used: " + e + fix, e);
        }
    }
}
