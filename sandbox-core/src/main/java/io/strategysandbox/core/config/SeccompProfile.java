package io.strategysandbox.core.config;

import com.fasterxml.jackson.core.JacksonException;
import io.strategysandbox.core.config.JsonWithLines.Value;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The check of a seccomp profile before an engine gets it. Engines pass over keys and names that they do not know, so a
 * slip would leave a sandbox that differs from what its author believes it to be; here it is an error.
 */
public final class SeccompProfile {

    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final long MAX_ERRNO = 4095;
    private static final BigInteger MAX_ARGUMENT = BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

    private static final Set<String> KEYS =
            Set.of("defaultAction", "defaultErrnoRet", "architectures", "archMap", "flags", "syscalls");
    private static final Set<String> RULE_KEYS =
            Set.of("names", "name", "action", "errnoRet", "args", "comment", "includes", "excludes");
    private static final Set<String> ARGUMENT_KEYS = Set.of("index", "value", "valueTwo", "op");
    private static final Set<String> FILTER_KEYS = Set.of("caps", "arches", "minKernel");

    private static final Set<String> REFUSING =
            Set.of("SCMP_ACT_ERRNO", "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP");
    private static final Set<String> LETTING_THROUGH = Set.of("SCMP_ACT_ALLOW", "SCMP_ACT_LOG");
    private static final Set<String> OPERATORS = Set.of(
            "SCMP_CMP_NE",
            "SCMP_CMP_LT",
            "SCMP_CMP_LE",
            "SCMP_CMP_EQ",
            "SCMP_CMP_GE",
            "SCMP_CMP_GT",
            "SCMP_CMP_MASKED_EQ");

    private static final Pattern ARCHITECTURE = Pattern.compile("SCMP_ARCH_[A-Z0-9_]+");
    private static final Pattern FLAG = Pattern.compile("SECCOMP_FILTER_FLAG_[A-Z_]+");
    private static final Pattern SYSTEM_CALL = Pattern.compile("[a-z_][a-z0-9_]*");

    private final String file;
    private final List<String> problems = new ArrayList<>();

    private SeccompProfile(String file) {
        this.file = file;
    }

    /**
     * Reads a profile.
     *
     * @param file a profile in the format of Docker and Podman
     * @return its text, as an engine takes it
     * @throws ConfigException if the file cannot be read, is no such profile, or lets through by default what it does not
     *     name; gives file, line, what is allowed, and one fix
     */
    public static String read(Path file) {
        String text;
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ConfigException(
                        file + " has more than " + MAX_FILE_BYTES + " bytes; name a seccomp profile in JSON");
            }
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException("the seccomp profile " + file + " cannot be read: " + e
                    + "; correct security.seccompProfile in " + ConfigLoader.DOCKER
                    + ", or remove it to use the shipped list");
        }
        List<String> problems = problems(file.toString(), text);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("\n", problems));
        }
        return text;
    }

    /** What is wrong with a profile: one line each, with its place. */
    static List<String> problems(String file, String text) {
        SeccompProfile profile = new SeccompProfile(file);
        try {
            profile.check(JsonWithLines.parse(text));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
            String words = e.getOriginalMessage().lines().findFirst().orElse("");
            profile.report(line, "the file", "is not JSON: " + YamlMapping.shown(words) + "; correct it there");
        } catch (IOException e) {
            profile.report(1, "the file", "is not JSON: " + YamlMapping.shown(String.valueOf(e.getMessage())));
        }
        return profile.problems;
    }

    private void report(int line, String what, String words) {
        problems.add(file + ":" + line + ": " + what + " " + words);
    }

    private void check(Value root) {
        if (!(root.value() instanceof Map<?, ?>)) {
            report(root.line(), "the file", "must be one object, such as {\"defaultAction\": \"SCMP_ACT_ERRNO\", …}");
            return;
        }
        Map<String, Value> profile = members(root, "the file", KEYS);
        require(root, profile, "", "defaultAction");
        require(root, profile, "", "syscalls");
        defaultAction(profile.get("defaultAction"));
        number(profile.get("defaultErrnoRet"), "defaultErrnoRet", BigInteger.valueOf(MAX_ERRNO));
        if (profile.containsKey("architectures") && profile.containsKey("archMap")) {
            report(profile.get("archMap").line(), "archMap", "is given, and so is architectures; keep one of them");
        }
        texts(profile.get("architectures"), "architectures", ARCHITECTURE, "such as SCMP_ARCH_X86_64");
        texts(profile.get("flags"), "flags", FLAG, "such as SECCOMP_FILTER_FLAG_TSYNC");
        elements(profile.get("archMap"), "archMap").forEach(this::architecture);
        List<Value> rules = elements(profile.get("syscalls"), "syscalls");
        for (int i = 0; i < rules.size(); i++) {
            rule(rules.get(i), "syscalls[" + i + "]");
        }
    }

    private void defaultAction(@Nullable Value action) {
        if (action == null) {
            return;
        }
        if (LETTING_THROUGH.contains(String.valueOf(action.value()))) {
            report(
                    action.line(),
                    "defaultAction",
                    "is " + action.value() + ", which lets through every system call that is not named; set it to"
                            + " SCMP_ACT_ERRNO and name what is allowed");
        } else {
            word(action, "defaultAction", REFUSING);
        }
    }

    private void architecture(Value entry) {
        String what = "archMap";
        Map<String, Value> members = members(entry, what, Set.of("architecture", "subArchitectures"));
        require(entry, members, what, "architecture");
        text(members.get("architecture"), what + ".architecture", ARCHITECTURE, "such as SCMP_ARCH_X86_64");
        texts(members.get("subArchitectures"), what + ".subArchitectures", ARCHITECTURE, "such as SCMP_ARCH_X86");
    }

    private void rule(Value entry, String what) {
        Map<String, Value> rule = members(entry, what, RULE_KEYS);
        if (rule.containsKey("names") == rule.containsKey("name")) {
            report(entry.line(), what, "needs names, a list of system calls (or name, a single one, but not both)");
        }
        texts(rule.get("names"), what + ".names", SYSTEM_CALL, "a system call such as read");
        text(rule.get("name"), what + ".name", SYSTEM_CALL, "a system call such as read");
        require(entry, rule, what, "action");
        Set<String> actions = new TreeSet<>(REFUSING);
        actions.addAll(LETTING_THROUGH);
        word(rule.get("action"), what + ".action", actions);
        number(rule.get("errnoRet"), what + ".errnoRet", BigInteger.valueOf(MAX_ERRNO));
        for (Value argument : elements(rule.get("args"), what + ".args")) {
            argument(argument, what + ".args");
        }
        for (String filter : List.of("includes", "excludes")) {
            if (rule.containsKey(filter)) {
                members(rule.get(filter), what + "." + filter, FILTER_KEYS);
            }
        }
        check(rule.get("comment"), what + ".comment", value -> value instanceof String, "a text");
    }

    private void argument(Value entry, String what) {
        Map<String, Value> argument = members(entry, what, ARGUMENT_KEYS);
        for (String key : List.of("index", "value", "op")) {
            require(entry, argument, what, key);
        }
        number(argument.get("index"), what + ".index", BigInteger.valueOf(5));
        number(argument.get("value"), what + ".value", MAX_ARGUMENT);
        number(argument.get("valueTwo"), what + ".valueTwo", MAX_ARGUMENT);
        word(argument.get("op"), what + ".op", OPERATORS);
    }

    /** The members of an object, none of them unknown. */
    @SuppressWarnings("unchecked")
    private Map<String, Value> members(Value value, String what, Set<String> known) {
        if (!(value.value() instanceof Map<?, ?>)) {
            report(value.line(), what, "must be an object with the keys " + words(known));
            return Map.of();
        }
        Map<String, Value> members = (Map<String, Value>) value.value();
        members.forEach((key, member) -> {
            if (!known.contains(key)) {
                report(
                        member.line(),
                        what,
                        "has the key '" + YamlMapping.shown(key) + "', which no engine reads; allowed are "
                                + words(known));
            }
        });
        return members;
    }

    @SuppressWarnings("unchecked")
    private List<Value> elements(@Nullable Value value, String what) {
        if (value == null) {
            return List.of();
        }
        if (!(value.value() instanceof List<?>)) {
            report(value.line(), what, "must be a list; put [ ] around it");
            return List.of();
        }
        return (List<Value>) value.value();
    }

    private void require(Value owner, Map<String, Value> members, String what, String key) {
        if (owner.value() instanceof Map<?, ?> && !members.containsKey(key)) {
            report(owner.line(), what.isEmpty() ? "the file" : what, "has no " + key + "; add one");
        }
    }

    private void texts(@Nullable Value list, String what, Pattern pattern, String words) {
        if (list != null && list.value() instanceof List<?> found && found.isEmpty() && what.endsWith("names")) {
            report(list.line(), what, "is empty; name a system call, or remove the rule");
        }
        elements(list, what).forEach(entry -> text(entry, what, pattern, words));
    }

    private void text(@Nullable Value value, String what, Pattern pattern, String words) {
        check(
                value,
                what,
                found -> found instanceof String text && pattern.matcher(text).matches(),
                words);
    }

    private void word(@Nullable Value value, String what, Set<String> allowed) {
        check(value, what, allowed::contains, "one of " + words(allowed));
    }

    private void number(@Nullable Value value, String what, BigInteger max) {
        check(
                value,
                what,
                found -> found instanceof Number
                        && found.toString().matches("\\d+")
                        && new BigInteger(found.toString()).compareTo(max) <= 0,
                "a whole number from 0 to " + max);
    }

    private void check(@Nullable Value value, String what, Predicate<Object> allowed, String words) {
        if (value != null && !allowed.test(value.value())) {
            String shown = value.value() instanceof Map<?, ?>
                    ? "an object"
                    : value.value() instanceof List<?> ? "a list" : "'" + YamlMapping.shown("" + value.value()) + "'";
            report(value.line(), what, "has " + shown + "; allowed is " + words);
        }
    }

    private static String words(Set<String> words) {
        return String.join(", ", new TreeSet<>(words));
    }
}
