package io.strategysandbox.maven;

/** The names of all user properties. */
final class SandboxProperties {

    static final String STRATEGIES = "sandbox.strategies";
    static final String SOURCE = "sandbox.source";
    static final String DATA = "sandbox.data";
    static final String OUTPUT_DIRECTORY = "sandbox.outputDirectory";
    static final String CONFIG = "sandbox.config";
    static final String BACKEND = "sandbox.backend";
    static final String ISOLATION = "sandbox.isolation";
    static final String VALIDATION = "sandbox.validation";
    static final String PARALLELISM = "sandbox.parallelism";
    static final String FAIL_ON_VIOLATION = "sandbox.failOnViolation";
    static final String HALT_ON_FAILURE = "sandbox.haltOnFailure";
    static final String UNUSED_IMAGES = "sandbox.unusedImages";
    static final String SKIP = "sandbox.skip";

    private SandboxProperties() {}
}
