package io.strategysandbox.core.report;

import io.strategysandbox.core.backtest.BacktestResult;
import io.strategysandbox.core.compilation.CompilerMessage;
import io.strategysandbox.core.validation.Finding;
import io.strategysandbox.core.verdict.Verdict;
import io.strategysandbox.core.verdict.Verdict.CompileError;
import io.strategysandbox.core.verdict.Verdict.Rejected;
import io.strategysandbox.core.verdict.Verdict.RuntimeError;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where something is, the way editors and build logs make it a link: {@code file:line}. */
final class Place {

    private static final Pattern IN_A_FRAME = Pattern.compile("\\(([^()/]+:[0-9]+)\\)$");

    private static final String PLAIN_IN_A_URI = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

    private Place() {}

    /**
     * A file from the folder that was searched.
     *
     * @param directory the strategy's directory, relative to that folder
     * @param file the file, relative to the directory; empty for the directory itself
     * @return the path, with '/' between names
     */
    static String file(String directory, String file) {
        if (directory.isEmpty() || directory.equals(".")) {
            return file.isEmpty() ? "." : file;
        }
        return file.isEmpty() ? directory : directory + "/" + file;
    }

    /**
     * A file as a relative reference of a URI.
     *
     * @param file the file, with '/' between names
     * @return the file, with every character that a URI or a terminal may take for something else as {@code %} and the
     *     hexadecimal digits of its UTF-8 bytes
     */
    static String uri(String file) {
        StringBuilder uri = new StringBuilder(file.length() + 16);
        for (byte unit : file.getBytes(StandardCharsets.UTF_8)) {
            if (PLAIN_IN_A_URI.indexOf(unit) >= 0) {
                uri.append((char) unit);
            } else {
                uri.append(String.format(Locale.ROOT, "%%%02X", unit));
            }
        }
        return uri.toString();
    }

    /**
     * A line of a file.
     *
     * @param file the file
     * @param line the line, from 1; 0 if it is not about a line
     * @return {@code file:line}, or the file alone
     */
    static String line(String file, int line) {
        return line > 0 ? file + ":" + line : file;
    }

    /**
     * What a verdict is about first.
     *
     * @param result a strategy's result
     * @return the place, if there is one
     */
    static Optional<String> of(BacktestResult result) {
        Verdict verdict = result.verdict();
        if (verdict instanceof Rejected rejected) {
            Finding first = rejected.findings().get(0);
            return Optional.of(line(file(result.directory(), first.path()), first.line()));
        }
        if (verdict instanceof CompileError error) {
            CompilerMessage first = error.messages().get(0);
            return Optional.of(line(file(result.directory(), first.path()), first.line()));
        }
        if (verdict instanceof RuntimeError error && !error.frames().isEmpty()) {
            Matcher frame = IN_A_FRAME.matcher(error.frames().get(0));
            return frame.find() ? Optional.of(file(result.directory(), frame.group(1))) : Optional.empty();
        }
        return Optional.empty();
    }
}
