package io.strategysandbox.core.backend.docker;

import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import io.strategysandbox.core.backend.BackendException;
import io.strategysandbox.core.config.DockerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks an engine about itself, and changes nothing. */
final class EngineExamination {

    private static final Logger LOG = LoggerFactory.getLogger(EngineExamination.class);

    private final DockerConfig config;
    private final Version version;
    private final Info info;

    EngineExamination(DockerConfig config, Version version, Info info) {
        this.config = config;
        this.version = version;
        this.info = info;
    }

    /** Who says where the engine is. */
    static String source(DockerConfig.Engine engine, Map<String, String> environment) {
        if (engine.host().isPresent()) {
            return "engine.host in docker_config.yaml";
        }
        if (!environment.getOrDefault("DOCKER_HOST", "").isBlank()) {
            return "DOCKER_HOST";
        }
        String context = environment.getOrDefault("DOCKER_CONTEXT", "");
        return context.isBlank() ? "the docker command's current context, or its default" : "DOCKER_CONTEXT=" + context;
    }

    /** {@return why no image can be made of the running Java} */
    static Optional<String> javaProblem() {
        try {
            HostJvm.find();
            return Optional.empty();
        } catch (BackendException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    EngineFacts.Engine facts(String spokenApi, String address, OrphanSweep sweep, EngineImages images)
            throws BackendException, InterruptedException {
        Optional<String> image = image(images);
        boolean local = address.startsWith("unix:");
        String directory = text(info.getDockerRootDir()).orElse("");
        return new EngineFacts.Engine(
                text(version.getVersion()).orElse("of unknown version"),
                text(version.getApiVersion()).orElse(""),
                text(version.getMinAPIVersion()),
                spokenApi,
                Stream.of(info.getOperatingSystem(), info.getKernelVersion())
                        .filter(Objects::nonNull)
                        .reduce((name, kernel) -> name + ", kernel " + kernel)
                        .orElse("unknown"),
                "linux".equals(info.getOsType()),
                text(info.getCGroupVersion()),
                missingLimits(),
                info.getSecurityOptions() == null ? List.of() : info.getSecurityOptions(),
                config.security().runtime().or(() -> raw("DefaultRuntime")).orElse("runc"),
                runc(),
                image,
                image.isPresent() && images.id(image.get()).isPresent(),
                orphans(sweep),
                directory,
                local && !directory.isEmpty() ? free(Path.of(directory)) : OptionalLong.empty());
    }

    private Optional<String> image(EngineImages images) throws InterruptedException {
        try {
            return RunnerImage.reference(images, Owner.self(), config);
        } catch (BackendException | IOException e) {
            LOG.debug("cannot tell which image is needed", e);
            return Optional.empty();
        }
    }

    private List<String> missingLimits() {
        Map<String, Boolean> limits = new LinkedHashMap<>();
        limits.put("memory", Boolean.TRUE.equals(info.getMemoryLimit()));
        limits.put("processes", raw("PidsLimit").map("true"::equals).orElse(true));
        limits.put("processor time", Boolean.TRUE.equals(info.getCpuCfsQuota()));
        return limits.entrySet().stream()
                .filter(limit -> !limit.getValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> runc() {
        List<String> words = new ArrayList<>();
        List<VersionComponent> components = version.getComponents() == null ? List.of() : version.getComponents();
        components.stream()
                .filter(component -> "runc".equals(component.getName()))
                .findFirst()
                .ifPresent(component -> {
                    words.add(String.valueOf(component.getVersion()));
                    Map<String, String> details = component.getDetails() == null ? Map.of() : component.getDetails();
                    text(details.get("GitCommit")).ifPresent(words::add);
                });
        return words;
    }

    private static OptionalInt orphans(OrphanSweep sweep) throws BackendException {
        try {
            return OptionalInt.of(sweep.look());
        } catch (IOException e) {
            LOG.debug("cannot tell which processes live", e);
            return OptionalInt.empty();
        }
    }

    /** An engine's socket may be on this machine, and its files not. */
    private static OptionalLong free(Path directory) {
        try {
            return OptionalLong.of(Files.getFileStore(directory).getUsableSpace());
        } catch (IOException e) {
            LOG.debug("cannot see {}", directory, e);
            return OptionalLong.empty();
        }
    }

    private Optional<String> raw(String key) {
        Object value = info.getRawValues().get(key);
        return value == null ? Optional.empty() : text(value.toString());
    }

    private static Optional<String> text(@Nullable String text) {
        return text == null || text.isBlank() ? Optional.empty() : Optional.of(text);
    }
}
