package io.strategysandbox.core.validation;

import java.util.ArrayList;
import java.util.List;
import org.objectweb.asm.Type;

/** Members of a class, as a line of the lists names them: {@code name}, {@code prefix*}, {@code name(a.Type,int)}. */
final class MemberPatterns {

    static final MemberPatterns NONE = new MemberPatterns(List.of());

    private final List<String> patterns;

    MemberPatterns(List<String> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    MemberPatterns and(MemberPatterns other) {
        List<String> both = new ArrayList<>(patterns);
        both.addAll(other.patterns);
        return new MemberPatterns(both);
    }

    /**
     * Whether a member is meant.
     *
     * @param name the member's name
     * @param descriptor its JVM descriptor; empty if only the name is known, which no pattern with arguments matches
     */
    boolean match(String name, String descriptor) {
        for (String pattern : patterns) {
            if (matches(pattern, name, descriptor)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String name, String descriptor) {
        int arguments = pattern.indexOf('(');
        if (arguments >= 0) {
            return descriptor.startsWith("(") && pattern.equals(name + arguments(descriptor));
        }
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : pattern.equals(name);
    }

    private static String arguments(String descriptor) {
        List<String> names = new ArrayList<>();
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            names.add(argument.getClassName());
        }
        return "(" + String.join(",", names) + ")";
    }
}
