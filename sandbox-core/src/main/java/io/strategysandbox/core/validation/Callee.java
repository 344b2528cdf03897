package io.strategysandbox.core.validation;

import io.strategysandbox.core.validation.SourceType.Array;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A method or constructor that a name may mean.
 *
 * @param library the library class that declares it, with its descriptor; empty if the strategy declares it
 * @param isAbstract whether it has no body
 * @param isVarargs whether the last parameter stands for any number of arguments
 * @param parameters the types of its parameters without their generics
 * @param generic the same with their generics
 * @param result the type of its result; unknown if it depends on more than the receiver
 */
record Callee(
        Optional<Descriptor> library,
        boolean isAbstract,
        boolean isVarargs,
        List<SourceType> parameters,
        List<SourceType> generic,
        SourceType result) {

    /** What a library's member is looked up by. */
    record Descriptor(ClassShape shape, String name, String descriptor) {}

    boolean takes(int arguments) {
        return isVarargs ? arguments >= parameters.size() - 1 : arguments == parameters.size();
    }

    /** The type of the parameter that an argument goes to. */
    SourceType parameter(int argument) {
        int last = generic.size() - 1;
        return isVarargs && argument >= last && generic.get(last) instanceof Array array
                ? array.element()
                : generic.get(argument);
    }

    Callee with(Map<String, SourceType> bindings) {
        return bindings.isEmpty()
                ? this
                : new Callee(
                        library,
                        isAbstract,
                        isVarargs,
                        parameters,
                        generic.stream().map(type -> type.with(bindings)).toList(),
                        result.with(bindings));
    }

    /** The result for some arguments, where a parameter that is a type variable alone tells the variable. */
    SourceType result(List<SourceType> arguments) {
        Map<String, SourceType> bindings = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            SourceType argument = arguments.get(i);
            if (argument.isKnown() && parameter(i) instanceof SourceType.Variable variable) {
                SourceType bound = bindings.putIfAbsent(variable.name(), argument);
                if (bound != null && !bound.equals(argument)) {
                    bindings.put(variable.name(), SourceType.Unknown.TYPE);
                }
            }
        }
        return result.with(bindings);
    }
}
