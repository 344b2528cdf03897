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

    private static final String CONTEXT = "DOCKER_CONTEXT";

    /** The name for the engine of this machine, which no context has. */
    private static final String NO_CONTEXT = "default";

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
        Optional<String> named = namedContext();
        if (builder.isDockerHostSetExplicitly()) {
            // As for the docker command, an address counts more than a context, also than its certificates.
            builder.withDockerContext(NO_CONTEXT);
        } else {
            named.ifPresent(builder::withDockerContext);
        }
        api.ifPresent(version -> builder.withApiVersion(version));
        DefaultDockerClientConfig config = builder.build();
        if (!builder.isDockerHostSetExplicitly()) {
            check(named.or(() -> Optional.ofNullable(config.getDockerConfig().getCurrentContext())), config);
        }
        if (!"unix".equals(config.getDockerHost().getScheme())
                && config.getSSLConfig() instanceof LocalDirectorySSLConfig tls) {
            check(tls);
        }
        return config;
    }

    private static Optional<String> namedContext() {
        return Optional.ofNullable(System.getProperty(CONTEXT, System.getenv(CONTEXT)))
                .filter(name -> !name.isBlank());
    }

    /** A context that says nothing would be taken for the engine of this machine. */
    private static void check(Optional<String> context, DefaultDockerClientConfig config) throws BackendException {
        if (context.isPresent() && !context.get().isEmpty() && !context.get().equals(NO_CONTEXT)) {
            throw new BackendException("the Docker context '" + context.get() + "' (of " + CONTEXT
                    + " or the docker command's current one) cannot be used: no file below "
                    + config.getDockerConfigPath()
                    + "/contexts/meta says where its engine is; choose one that docker context ls shows, or "
                    + NO_CONTEXT);
        }
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
