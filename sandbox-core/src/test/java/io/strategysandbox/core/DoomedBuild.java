package io.strategysandbox.core;

import io.strategysandbox.core.config.ConfigLoader;
import java.nio.file.Path;
import java.util.Optional;

/** A build that runs a folder of strategies, once or until it is killed. */
public final class DoomedBuild {

    /** What it says when its sandbox is open. */
    static final String OPEN = "open";

    private DoomedBuild() {}

    /**
     * Runs.
     *
     * @param arguments {@code once} or {@code forever}; a folder of configuration; strategies, their data, and reports
     */
    public static void main(String[] arguments) throws Exception {
        RunRequest request =
                new RunRequest(Path.of(arguments[2]), Optional.of(Path.of(arguments[3])), Path.of(arguments[4]));
        try (Sandbox sandbox = Sandbox.open(ConfigLoader.load(Path.of(arguments[1])), SandboxListener.SILENT)) {
            System.out.println(OPEN);
            do {
                sandbox.run(request);
            } while (arguments[0].equals("forever"));
        }
    }
}
