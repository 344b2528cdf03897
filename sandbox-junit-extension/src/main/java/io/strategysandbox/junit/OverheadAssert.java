package io.strategysandbox.junit;

import io.strategysandbox.core.benchmark.Overhead;
import java.nio.file.Path;
import java.util.Locale;

/** Holds what isolation costs against a bound. */
final class OverheadAssert {

    private OverheadAssert() {}

    static void check(Path directory, Overhead overhead, double bound) {
        if (overhead.exceeds(bound)) {
            throw new AssertionError("isolation costs " + directory.getFileName() + " more than "
                    + String.format(Locale.ROOT, "%.2f", bound) + " of its time: " + overhead.summary()
                    + "\nraise the bound, give the sandbox more processors, or backtest more bars at a time");
        }
    }

    /** What was measured, and whether that says anything about the bound. */
    static String describe(Path directory, Overhead overhead, double bound) {
        return directory.getFileName() + ": " + overhead.summary()
                + (overhead.isDecided(bound)
                        ? ""
                        : String.format(
                                Locale.ROOT, "; too noisy to say on which side of %.2f it is, so it passes", bound));
    }
}
