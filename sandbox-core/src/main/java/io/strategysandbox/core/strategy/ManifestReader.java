package io.strategysandbox.core.strategy;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.core.config.YamlMapping;
import io.strategysandbox.core.strategy.Manifest.Comparison;
import io.strategysandbox.core.strategy.Manifest.Costs;
import io.strategysandbox.core.strategy.Manifest.DataSource;
import io.strategysandbox.core.strategy.Manifest.Direction;
import io.strategysandbox.core.strategy.Manifest.Expectation;
import io.strategysandbox.core.strategy.Manifest.Sizing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a {@code strategy.yaml}, and finds everything that is wrong with it in one go. */
final class ManifestReader {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final double DEFAULT_CASH = 10_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");
    private static final int MAX_CLASS_NAME = 500;
    private static final Pattern CLASS_NAME =
            Pattern.compile("\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+"
                    + "(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*+)*+");
    private static final Pattern EXPECTATION =
            Pattern.compile("(>=|<=|==|>|<)\\s*+([-+]?(?:[0-9]++(?:\\.[0-9]++)?|\\.[0-9]++))");
    /** What JUnit takes for a tag; the characters left out mean something in its expressions of tags. */
    private static final Pattern TAG = Pattern.compile("[^\\s\\p{Cntrl}\\p{Z},()&|!]{1,100}");

    private static final Duration LONGEST_BAR = Duration.ofDays(7);

    private final YamlMapping root;

    private ManifestReader(YamlMapping root) {
        this.root = root;
    }

    /** Either a manifest or the problems. */
    record Reading(Optional<Manifest> manifest, List<Problem> problems) {}

    /**
     * Reads a manifest.
     *
     * @param path the file as it is named in problems
     * @param directoryName what the strategy is called if the manifest does not say
     * @param text the manifest
     */
    static Reading read(String path, String directoryName, String text) {
        Optional<Problem> hidden = hidden(path, text);
        if (hidden.isPresent()) {
            return new Reading(Optional.empty(), List.of(hidden.get()));
        }
        ManifestReader reader = new ManifestReader(YamlMapping.parse(text));
        Manifest manifest = reader.manifest(directoryName);
        List<Problem> problems = reader.root.problems().stream()
                .map(problem ->
                        new Problem("manifest-invalid", path, problem.line(), problem.column(), problem.message()))
                .toList();
        return new Reading(problems.isEmpty() ? Optional.of(manifest) : Optional.empty(), problems);
    }

    /** The first character by which the manifest would say what it does not show, such as a line end inside a comment. */
    private static Optional<Problem> hidden(String path, String text) {
        int line = 1;
        int lineStart = 0;
        int from = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
        for (int i = from; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            if (HiddenCharacters.hides(text, i)) {
                return Optional.of(new Problem(
                        "manifest-invalid",
                        path,
                        line,
                        i - lineStart + 1,
                        String.format(
                                Locale.ROOT,
                                "the character U+%04X is invisible, reorders text or ends a line that looks like one; delete"
                                        + " it, or write it as an escape in double quotes",
                                text.codePointAt(i))));
            }
            boolean endsLine = text.charAt(i) == '\n' || text.charAt(i) == '\r' && !text.startsWith("\n", i + 1);
            line += endsLine ? 1 : 0;
            lineStart = endsLine ? i + 1 : lineStart;
        }
        return Optional.empty();
    }

    private Manifest manifest(String directoryName) {
        Manifest manifest = new Manifest(
                name(directoryName),
                entry(),
                data(),
                root.choice("direction", Direction.LONG),
                root.number("cash", DEFAULT_CASH, v -> v >= 0.01 && v < 1e15, "a number from 0.01 to 1e15"),
                sizing(),
                root.flag("closeAtEnd", false),
                costs(),
                expectations(),
                tags(),
                timeout(),
                Parameters.of(root.scalars("params")));
        root.refuseUnknownKeys();
        return manifest;
    }

    private String name(String directoryName) {
        String name = root.text("name").orElse(directoryName);
        if (!NAME.matcher(name).matches()) {
            root.report(
                    "name", "is '" + YamlMapping.shown(name) + "'; allowed are up to 100 letters, digits, and . _ -");
        }
        return name;
    }

    private Optional<String> entry() {
        Optional<String> entry = root.text("entry");
        boolean named = entry.isEmpty()
                || entry.get().length() <= MAX_CLASS_NAME
                        && CLASS_NAME.matcher(entry.get()).matches();
        if (!named) {
            root.report(
                    "entry",
                    "is '" + YamlMapping.shown(entry.get())
                            + "'; it must be a class name such as SmaCrossover or my.pkg.Entry");
        }
        return entry;
    }

    private Optional<DataSource> data() {
        if (!root.isMapping("data")) {
            return root.text("data").map(file -> source(root, "data", file, Optional.empty()));
        }
        YamlMapping data = root.mapping("data");
        Optional<String> trades = data.text("trades");
        Duration period = data.duration("bars", Duration.ZERO);
        if (trades.isEmpty() || !data.has("bars")) {
            root.report("data", "must be a file of bars, or { trades: FILE, bars: 1h }");
        } else if (period.isZero() || period.compareTo(LONGEST_BAR) > 0) {
            data.report("bars", "must be the length of a bar, such as 1m, 1h or 24h");
        }
        data.refuseUnknownKeys();
        return trades.map(file -> source(data, "trades", file, Optional.of(period)));
    }

    private static DataSource source(YamlMapping mapping, String key, String file, Optional<Duration> period) {
        boolean leaves =
                file.contains("\\") || file.indexOf(':') >= 0 || file.chars().anyMatch(Character::isISOControl);
        for (String part : file.split("/", -1)) {
            leaves |= part.equals("..") || part.isEmpty();
        }
        if (leaves) {
            mapping.report(
                    key,
                    "is '" + YamlMapping.shown(file) + "'; it must be a path below the data directory, without '..'");
        }
        return new DataSource(file, period);
    }

    private Sizing sizing() {
        if (root.isMapping("sizing")) {
            YamlMapping sizing = root.mapping("sizing");
            double units = sizing.number("units", -1, v -> v >= 1e-9 && v < 1e15, "a number from 1e-9 to 1e15");
            if (!sizing.has("units")) {
                root.report("sizing", "must be equity, whole, or { units: N }");
            }
            sizing.refuseUnknownKeys();
            return new Sizing.Units(units);
        }
        return switch (root.text("sizing").orElse("equity")) {
            case "equity" -> new Sizing.Equity();
            case "whole" -> new Sizing.Whole();
            default -> {
                root.report("sizing", "must be equity, whole, or { units: N }");
                yield new Sizing.Equity();
            }
        };
    }

    private Costs costs() {
        YamlMapping costs = root.mapping("costs");
        Costs read = new Costs(
                costs.number("commission", 0, v -> v >= 0 && v < 1, "a fraction from 0 to below 1, such as 0.001"),
                costs.number("slippageBps", 0, v -> v >= 0 && v < 10_000, "basis points from 0 to below 10000"));
        costs.refuseUnknownKeys();
        return read;
    }

    private List<Expectation> expectations() {
        YamlMapping expect = root.mapping("expect");
        List<Expectation> expectations = new ArrayList<>();
        for (String metric : expect.keys()) {
            Matcher matcher = EXPECTATION.matcher(expect.text(metric).orElse(""));
            if (!matcher.matches()) {
                expect.report(
                        metric, "must be a comparison with a number in quotes, such as \">= 3\" (>, >=, <, <=, ==)");
                continue;
            }
            for (Comparison comparison : Comparison.values()) {
                if (comparison.symbol().equals(matcher.group(1))) {
                    expectations.add(new Expectation(metric, comparison, Double.parseDouble(matcher.group(2))));
                }
            }
        }
        return expectations;
    }

    private List<String> tags() {
        return root.texts(
                "tags", List.of(), tag -> TAG.matcher(tag).matches(), "a word without blanks and without , ( ) & | !");
    }

    private Optional<Duration> timeout() {
        YamlMapping limits = root.mapping("limits");
        Optional<Duration> timeout = limits.has("timeout")
                ? Optional.of(limits.duration("timeout", Duration.ofMillis(1)))
                : Optional.empty();
        limits.refuseUnknownKeys();
        return timeout;
    }
}
