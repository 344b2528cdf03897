package io.strategysandbox.core.monitor;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the text format of Prometheus, version 0.0.4, as strictly as its description:
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
public final class PrometheusText {

    private static final Pattern COMMENT =
            Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) ((?:[^\\\\]|\\\\\\\\|\\\\n)*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? "
            + "(NaN|[+-]?Inf|[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?)(?: -?[0-9]+)?");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\\\\\|\\\\\"|\\\\n)*)\"(,|$)");
    private static final Set<String> TYPES = Set.of("counter", "gauge", "histogram", "summary", "untyped");

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> samples = new LinkedHashMap<>();

    private PrometheusText() {}

    /**
     * Reads a text.
     *
     * @throws IllegalArgumentException if anything in it is not as described
     */
    public static PrometheusText parse(String text) {
        PrometheusText parsed = new PrometheusText();
        check(text.endsWith("\n"), "the last line has no end");
        Set<String> helped = new HashSet<>();
        Set<String> closed = new HashSet<>();
        String current = "";
        for (String line : text.split("\n", -1)) {
            if (line.isEmpty()) {
                continue;
            }
            String family;
            if (line.startsWith("#")) {
                Matcher comment = COMMENT.matcher(line);
                check(comment.matches(), "no comment: " + line);
                family = comment.group(2);
                if (comment.group(1).equals("TYPE")) {
                    check(TYPES.contains(comment.group(3)), "no type: " + line);
                    check(parsed.types.put(family, comment.group(3)) == null, "a second type: " + line);
                } else {
                    check(helped.add(family), "a second help: " + line);
                    check(!parsed.types.containsKey(family), "help after the type: " + line);
                }
            } else {
                family = parsed.sample(line);
            }
            if (!family.equals(current)) {
                check(!closed.contains(family), "lines of one family apart: " + line);
                closed.add(current);
                current = family;
            }
        }
        return parsed;
    }

    private String sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        check(sample.matches(), "no sample: " + line);
        String name = sample.group(1);
        List<String> labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
        String family = family(name);
        check(types.containsKey(family), "no type before: " + line);
        String value = sample.group(3).replace("Inf", "Infinity");
        String key = name + (labels.isEmpty() ? "" : "{" + String.join(",", labels) + "}");
        check(samples.put(key, Double.valueOf(value)) == null, "twice: " + line);
        if (types.get(family).equals("counter")) {
            check(name.endsWith("_total"), "a counter without _total: " + line);
        }
        return family;
    }

    private static List<String> labels(String text, String line) {
        List<String> labels = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Matcher label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            check(label.find(at) && label.start() == at, "no label at " + at + ": " + line);
            check(names.add(label.group(1)), "a label twice: " + line);
            labels.add(label.group(1) + "=" + label.group(2));
            at = label.end();
        }
        labels.sort(null);
        return labels;
    }

    private String family(String name) {
        if (types.containsKey(name)) {
            return name;
        }
        for (String suffix : List.of("_bucket", "_count", "_sum")) {
            String stem = name.substring(0, Math.max(0, name.length() - suffix.length()));
            if (name.endsWith(suffix) && Set.of("histogram", "summary").contains(types.getOrDefault(stem, ""))) {
                return stem;
            }
        }
        return name;
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    /** {@return name to type} */
    public Map<String, String> types() {
        return types;
    }

    /** {@return name, with labels sorted as in {@code name{a=1,b=2}}, to value} */
    public Map<String, Double> samples() {
        return samples;
    }
}
