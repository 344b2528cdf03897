package io.strategysandbox.maven;

import java.util.Properties;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.logging.Log;
import org.jspecify.annotations.Nullable;

/** The build's log, which counts its lines: a person may see all there is, a log of a batch build stays short. */
final class Console {

    private static final int MOST_LINES_OF_A_PASS = 15;
    private static final int MOST_LINES_OF_A_FAILURE = 60;
    private static final String RULE = "*".repeat(72);

    private final Log log;
    private final boolean batch;
    private int lines;

    private Console(Log log, boolean batch) {
        this.log = log;
        this.batch = batch;
    }

    static Console of(Log log, @Nullable MavenSession session) {
        return new Console(
                log,
                session == null
                        || !session.getRequest().isInteractiveMode()
                        || unattended(session.getSystemProperties()));
    }

    /** {@return whether nobody watches: continuous integration, or a terminal that is none} */
    private static boolean unattended(Properties system) {
        return system.containsKey("env.CI") || "dumb".equals(system.getProperty("env.TERM"));
    }

    synchronized void error(String line) {
        lines++;
        log.error(line);
    }

    synchronized void warn(String line) {
        lines++;
        log.warn(line);
    }

    synchronized void info(String line) {
        lines++;
        log.info(line);
    }

    /** A warning that nobody overlooks. */
    synchronized void loudly(String line) {
        if (batch) {
            warn(line);
        } else {
            warn(RULE);
            warn(line);
            warn(RULE);
        }
    }

    /**
     * How many more lines may follow.
     *
     * @param passes whether the build passes
     * @return the number of lines
     */
    synchronized int left(boolean passes) {
        if (!batch) {
            return Integer.MAX_VALUE;
        }
        return (passes ? MOST_LINES_OF_A_PASS : MOST_LINES_OF_A_FAILURE) - lines;
    }
}
