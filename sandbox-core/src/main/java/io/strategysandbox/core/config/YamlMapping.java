package io.strategysandbox.core.config;

import java.io.StringReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML mapping that is read key by key. Whatever cannot be used becomes a {@link YamlProblem} with its line, and the
 * reader goes on with the value it was given instead, so that one reading finds all problems. Only plain data is read:
 * no tag constructs an object.
 */
public final class YamlMapping {

    private static final int MAX_CODE_POINTS = 256 * 1024;
    private static final int MAX_DEPTH = 20;
    private static final int MAX_PROBLEMS = 50;
    private static final int MAX_SHOWN = 100;
    private static final Set<Tag> PLAIN_TAGS =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ);
    private static final Pattern QUANTITY = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([A-Za-z]*)");
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "B", 1L, "KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L);

    private final String prefix;
    private final Map<String, NodeTuple> entries;
    private final TreeSet<String> known = new TreeSet<>();
    private final List<YamlProblem> problems;

    private YamlMapping(String prefix, Map<String, NodeTuple> entries, List<YamlProblem> problems) {
        this.prefix = prefix;
        this.entries = entries;
        this.problems = problems;
    }

    /**
     * Reads a text.
     *
     * @param text the YAML; an empty text is a mapping without keys
     * @return the mapping, with {@link #problems()} that say what could not be read
     */
    public static YamlMapping parse(String text) {
        List<YamlProblem> problems = new ArrayList<>();
        if (text.length() > MAX_CODE_POINTS) {
            // The parser counts neither comments nor blanks.
            problems.add(new YamlProblem("", 1, 1, "has more than " + MAX_CODE_POINTS + " characters; shorten it"));
            return new YamlMapping("", Map.of(), problems);
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setMaxAliasesForCollections(0);
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                entries = entriesOf("", mapping, problems);
            } else if (root != null) {
                problems.add(problem("", root, "must be a mapping of keys to values, such as 'name: my-strategy'"));
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            int column = e.getProblemMark() == null ? 1 : e.getProblemMark().getColumn() + 1;
            problems.add(new YamlProblem("", line, column, "is not YAML: " + shown(String.valueOf(e.getProblem()))));
        } catch (YAMLException e) {
            problems.add(new YamlProblem("", 1, 1, "is not YAML: " + shown(String.valueOf(e.getMessage()))));
        }
        return new YamlMapping("", entries, problems);
    }

    private static Map<String, NodeTuple> entriesOf(String prefix, MappingNode node, List<YamlProblem> problems) {
        Map<String, NodeTuple> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || !isPlain(key)) {
                add(problems, problem(prefix, tuple.getKeyNode(), "a key must be a plain word"));
            } else if (!isPlain(tuple.getValueNode())) {
                String tag = shown(tuple.getValueNode().getTag().getValue());
                add(
                        problems,
                        problem(prefix + key.getValue(), key, "has the tag '" + tag + "'; only plain values are read"));
            } else if (entries.putIfAbsent(key.getValue(), tuple) != null) {
                add(problems, problem(prefix + key.getValue(), key, "is given twice; keep one"));
            }
        }
        return entries;
    }

    private static boolean isPlain(Node node) {
        return PLAIN_TAGS.contains(node.getTag());
    }

    private static void add(List<YamlProblem> problems, YamlProblem problem) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(problem);
        }
    }

    /**
     * Text of a file as a message may show it.
     *
     * @param text any text
     * @return its beginning, without characters that act on a terminal or a log
     */
    public static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints()
                .limit(MAX_SHOWN)
                .forEach(c -> shown.append(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                                ? String.format(Locale.ROOT, "\\u%04X", c)
                                : Character.toString(c)));
        return text.codePointCount(0, text.length()) > MAX_SHOWN ? shown + "…" : shown.toString();
    }

    /** {@return all problems found so far, also in the mappings below} */
    public List<YamlProblem> problems() {
        return List.copyOf(problems);
    }

    /** {@return the keys that are given, in their order} */
    public List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    /**
     * Whether a key is given a value.
     *
     * @param key the key
     * @return true if it is there and not empty
     */
    public boolean has(String key) {
        known.add(key);
        NodeTuple tuple = entries.get(key);
        return tuple != null && !isNull(tuple.getValueNode());
    }

    /**
     * Whether a key holds a mapping.
     *
     * @param key the key
     * @return true if it does
     */
    public boolean isMapping(String key) {
        return has(key) && entries.get(key).getValueNode() instanceof MappingNode;
    }

    /**
     * The mapping below a key.
     *
     * @param key the key
     * @return the mapping; one without keys if the key is not given
     */
    public YamlMapping mapping(String key) {
        known.add(key);
        NodeTuple tuple = entries.get(key);
        if (tuple == null) {
            return new YamlMapping(prefix + key + ".", Map.of(), problems);
        }
        if (tuple.getValueNode() instanceof MappingNode mapping) {
            return new YamlMapping(prefix + key + ".", entriesOf(prefix + key + ".", mapping, problems), problems);
        }
        if (!isNull(tuple.getValueNode())) {
            report(key, "must be a mapping of keys to values");
        }
        return new YamlMapping(prefix + key + ".", Map.of(), problems);
    }

    /**
     * A text.
     *
     * @param key the key
     * @return the text; empty if the key is not given or empty
     */
    public Optional<String> text(String key) {
        return scalar(key).map(ScalarNode::getValue).map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * A number.
     *
     * @param key the key
     * @param instead what to use if it is not given
     * @param allowed which values are allowed
     * @param words the allowed values in words
     * @return the number
     */
    public double number(String key, double instead, DoublePredicate allowed, String words) {
        Optional<ScalarNode> node = scalar(key);
        if (node.isEmpty()) {
            return instead;
        }
        Optional<Double> value = plainNumber(node.get());
        if (value.isEmpty() || !allowed.test(value.get())) {
            return refused(key, node.get(), words, instead);
        }
        return value.get();
    }

    /**
     * A whole number.
     *
     * @param key the key
     * @param instead what to use if it is not given
     * @param min the smallest allowed
     * @param max the largest allowed
     * @return the number
     */
    public int integer(String key, int instead, int min, int max) {
        return (int) number(
                key,
                instead,
                value -> value == Math.rint(value) && value >= min && value <= max,
                "a whole number from " + min + " to " + max);
    }

    /**
     * A switch.
     *
     * @param key the key
     * @param instead what to use if it is not given
     * @return the switch
     */
    public boolean flag(String key, boolean instead) {
        return choice(key, instead, Map.of("true", true, "false", false));
    }

    /**
     * One of several words.
     *
     * @param key the key
     * @param instead what to use if it is not given
     * @param <E> the words as constants
     * @return the constant whose name, in lower case, is given
     */
    public <E extends Enum<E>> E choice(String key, E instead) {
        Map<String, E> words = new LinkedHashMap<>();
        for (E constant : instead.getDeclaringClass().getEnumConstants()) {
            words.put(constant.name().toLowerCase(Locale.ROOT), constant);
        }
        return choice(key, instead, words);
    }

    private <T> T choice(String key, T instead, Map<String, T> words) {
        Optional<ScalarNode> node = scalar(key);
        if (node.isEmpty()) {
            return instead;
        }
        T value = words.get(node.get().getValue());
        return value == null
                ? refused(key, node.get(), "one of " + String.join(", ", new TreeSet<>(words.keySet())), instead)
                : value;
    }

    /**
     * A length of time, such as {@code 500ms}, {@code 60s}, {@code 10m}, {@code 1h}.
     *
     * @param key the key
     * @param instead what to use if it is not given
     * @return the length, above zero and at most seven days
     */
    public Duration duration(String key, Duration instead) {
        return Duration.ofMillis(quantity(
                key,
                instead.toMillis(),
                MILLIS,
                1,
                Duration.ofDays(7).toMillis(),
                "a time such as 500ms, 60s, 10m or 1h"));
    }

    /**
     * A size, such as {@code 64KiB}, {@code 2GiB}, or a number of bytes.
     *
     * @param key the key
     * @param instead what to use if it is not given, in bytes
     * @param min the smallest allowed, in bytes
     * @param max the largest allowed, in bytes
     * @return the size in bytes
     */
    public long bytes(String key, long instead, long min, long max) {
        return quantity(
                key,
                instead,
                BYTES,
                min,
                max,
                "a size such as 64KiB, 16MiB or 2GiB, from " + min + " to " + max + " bytes");
    }

    private long quantity(String key, long instead, Map<String, Long> units, long min, long max, String words) {
        Optional<ScalarNode> node = scalar(key);
        if (node.isEmpty()) {
            return instead;
        }
        Matcher matcher = QUANTITY.matcher(node.get().getValue());
        Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
        double value = unit == null ? -1 : Double.parseDouble(matcher.group(1)) * unit;
        if (unit == null || value < min || value > max || value != Math.rint(value)) {
            return refused(key, node.get(), words, instead);
        }
        return (long) value;
    }

    /**
     * A list of texts.
     *
     * @param key the key
     * @param instead what to use if it is not given
     * @param allowed which texts are allowed
     * @param words the allowed texts in words
     * @return the texts, in their order
     */
    public List<String> texts(String key, List<String> instead, Predicate<String> allowed, String words) {
        if (!has(key)) {
            return instead;
        }
        if (!(entries.get(key).getValueNode() instanceof SequenceNode list)) {
            report(key, "must be a list; put '- ' before each entry");
            return instead;
        }
        List<String> texts = new ArrayList<>();
        for (Node entry : list.getValue()) {
            String text = entry instanceof ScalarNode scalar ? scalar.getValue().strip() : "";
            if (isPlain(entry) && allowed.test(text)) {
                texts.add(text);
            } else {
                add(problems, problem(prefix + key, entry, "has the entry '" + shown(text) + "'; allowed is " + words));
            }
        }
        return texts;
    }

    /**
     * A mapping of names to plain values.
     *
     * @param key the key
     * @return name to String, Boolean, Long or Double, in their order
     */
    public Map<String, Object> scalars(String key) {
        YamlMapping below = mapping(key);
        Map<String, Object> values = new LinkedHashMap<>();
        for (String name : below.keys()) {
            below.scalar(name).ifPresent(node -> values.put(name, below.plainValue(name, node)));
        }
        return values;
    }

    private Object plainValue(String key, ScalarNode node) {
        String text = node.getValue();
        if (node.getTag().equals(Tag.BOOL)) {
            return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("yes") || text.equalsIgnoreCase("on");
        }
        Optional<Double> number = plainNumber(node);
        if (number.isEmpty()) {
            return text;
        }
        if (number.get().isInfinite()) {
            return refused(key, node, "a number of at most " + Double.MAX_VALUE, number.get());
        }
        if (!text.matches("[-+]?[0-9]+")) {
            return number.get();
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return refused(key, node, "a whole number of at most " + Long.MAX_VALUE, number.get());
        }
    }

    private static Optional<Double> plainNumber(ScalarNode node) {
        boolean numeric = node.getTag().equals(Tag.INT) || node.getTag().equals(Tag.FLOAT);
        String text = node.getValue();
        return numeric && text.matches("[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?")
                ? Optional.of(Double.parseDouble(text))
                : Optional.empty();
    }

    private Optional<ScalarNode> scalar(String key) {
        known.add(key);
        NodeTuple tuple = entries.get(key);
        if (tuple == null || isNull(tuple.getValueNode())) {
            return Optional.empty();
        }
        if (tuple.getValueNode() instanceof ScalarNode node) {
            return Optional.of(node);
        }
        report(key, "must be a single value, not a list or a mapping");
        return Optional.empty();
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private <T> T refused(String key, ScalarNode node, String words, T instead) {
        report(key, "is '" + shown(node.getValue()) + "'; allowed is " + words);
        return instead;
    }

    /**
     * Adds a problem with a key's value.
     *
     * @param key the key
     * @param message what is wrong and what is allowed; the value in it as {@link #shown} gives it
     */
    public void report(String key, String message) {
        NodeTuple tuple = entries.get(key);
        if (tuple == null) {
            add(problems, new YamlProblem(prefix + key, 1, 1, prefix + key + " " + message));
        } else {
            add(problems, problem(prefix + key, tuple.getKeyNode(), message));
        }
    }

    private static YamlProblem problem(String key, Node node, String message) {
        return new YamlProblem(
                shown(key),
                node.getStartMark().getLine() + 1,
                node.getStartMark().getColumn() + 1,
                (key.isEmpty() ? "the file" : shown(key)) + " " + message);
    }

    /** Ends the reading of this mapping: every key that was never asked for is a problem. */
    public void refuseUnknownKeys() {
        for (String key : entries.keySet()) {
            if (!known.contains(key)) {
                String nearest = known.stream()
                        .filter(candidate -> distance(candidate, key) <= Math.max(2, candidate.length() / 3))
                        .min((a, b) -> Integer.compare(distance(a, key), distance(b, key)))
                        .map(candidate -> "; did you mean '" + candidate + "'?")
                        .orElse("");
                report(
                        key,
                        "is not a known key" + nearest + " (allowed are: "
                                + known.stream().collect(Collectors.joining(", ")) + ")");
            }
        }
    }

    /** Levenshtein's distance between two words. */
    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        Arrays.setAll(previous, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
