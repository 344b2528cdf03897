package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Array;
import io.strategysandbox.core.validation.SourceType.Library;
import io.strategysandbox.core.validation.SourceType.Own;
import java.util.List;
import java.util.Set;

/** Whether arguments may go to the parameters of a method; what is not known may. */
final class ArgumentTypes {

    private static final Set<String> OF_ARRAYS =
            Set.of("java.lang.Object", "java.lang.Cloneable", "java.io.Serializable");

    private static final Set<String> NUMBERS = Set.of("byte", "short", "char", "int", "long", "float", "double");

    private final Ancestry ancestry;

    ArgumentTypes(Ancestry ancestry) {
        this.ancestry = ancestry;
    }

    boolean mayGoTo(List<SourceType> arguments, Callee callee) {
        if (!callee.takes(arguments.size())) {
            return false;
        }
        int fixed = callee.parameters().size() - (callee.isVarargs() ? 1 : 0);
        for (int i = 0; i < Math.min(fixed, arguments.size()); i++) {
            if (!mayGoTo(arguments.get(i), callee.parameters().get(i))) {
                return false;
            }
        }
        return true;
    }

    private boolean mayGoTo(SourceType argument, SourceType parameter) {
        if (argument instanceof Array) {
            return parameter instanceof Array
                    || !(parameter instanceof Library library)
                    || OF_ARRAYS.contains(library.name());
        }
        boolean known = argument instanceof Library || argument instanceof Own;
        if (!known) {
            return true;
        }
        if (parameter instanceof Array) {
            return false;
        }
        if (!(parameter instanceof Library library)) {
            return !(parameter instanceof Own own)
                    || ancestry.of(argument).types().stream()
                            .anyMatch(type -> type instanceof Own each && each.type() == own.type())
                    || !ancestry.of(argument).complete();
        }
        return argument instanceof Library from && (from.isPrimitive() || library.isPrimitive())
                ? mayConvert(from, library)
                : !library.isPrimitive()
                        && ancestry.isBelow(argument, library.name()).orElse(true);
    }

    /** Primitive types and what they are boxed into are told apart only as far as it is sure. */
    private static boolean mayConvert(Library argument, Library parameter) {
        if (argument.isPrimitive() && parameter.isPrimitive()) {
            return argument.name().equals(parameter.name())
                    || NUMBERS.contains(argument.name()) && NUMBERS.contains(parameter.name());
        }
        String other = argument.isPrimitive() ? parameter.name() : argument.name();
        return other.startsWith("java.lang.") && !other.equals("java.lang.String")
                || other.equals("java.io.Serializable");
    }
}
