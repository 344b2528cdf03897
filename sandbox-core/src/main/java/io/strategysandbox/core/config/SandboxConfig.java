package io.strategysandbox.core.config;

/**
 * The whole configuration.
 *
 * @param docker what {@code docker_config.yaml} says
 * @param learningSystem what {@code learning_system.yaml} says
 */
public record SandboxConfig(DockerConfig docker, LearningSystemConfig learningSystem) {

    /** {@return the section {@code sandbox} of {@code learning_system.yaml}} */
    public LearningSystemConfig.SandboxSection sandbox() {
        return learningSystem.sandbox();
    }

    /** {@return the section {@code monitor} of {@code learning_system.yaml}} */
    public LearningSystemConfig.Monitor monitor() {
        return learningSystem.monitor();
    }

    /**
     * The same configuration with another section {@code sandbox}.
     *
     * @param section the section
     * @return the changed configuration
     */
    public SandboxConfig with(LearningSystemConfig.SandboxSection section) {
        return new SandboxConfig(docker, new LearningSystemConfig(section, learningSystem.monitor()));
    }

    /**
     * The same configuration with another {@code docker_config.yaml}.
     *
     * @param changed what it says
     * @return the changed configuration
     */
    public SandboxConfig with(DockerConfig changed) {
        return new SandboxConfig(changed, learningSystem);
    }
}
