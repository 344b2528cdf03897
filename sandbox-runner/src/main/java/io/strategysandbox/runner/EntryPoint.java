package io.strategysandbox.runner;

import io.strategysandbox.api.Parameters;
import io.strategysandbox.api.TradingStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Optional;
import org.ta4j.core.BarSeries;
import org.ta4j.core.Strategy;

/** Finds how a strategy wants to be called. */
final class EntryPoint {

    private static final String BUILD = "buildStrategy";

    private EntryPoint() {}

    /**
     * Makes a strategy ready.
     *
     * @throws StrategyFault if the class has no usable entry point
     * @throws Throwable what the strategy's own code threw
     */
    static Decider of(Class<?> entry, Parameters parameters, boolean sellShort) throws Throwable {
        if (TradingStrategy.class.isAssignableFrom(entry)) {
            return new TargetDecider((TradingStrategy) instantiate(entry, parameters));
        }
        Method build = buildMethod(entry);
        // The class itself need not be public; the method must be, as ta4j's convention has it.
        build.setAccessible(true);
        boolean parameterised = build.getParameterCount() == 2;
        return new SignalDecider(
                series -> built(entry, parameterised ? call(build, series, parameters) : call(build, series)),
                sellShort);
    }

    private static Object instantiate(Class<?> entry, Parameters parameters) throws Throwable {
        if (Modifier.isAbstract(entry.getModifiers())) {
            throw new StrategyFault("class " + entry.getName()
                    + " is abstract; name a class that can be instantiated as" + " entry: in strategy.yaml");
        }
        Optional<Constructor<?>> parameterised = constructor(entry, Parameters.class);
        Optional<Constructor<?>> plain = constructor(entry);
        if (parameterised.isEmpty() && plain.isEmpty()) {
            throw new StrategyFault("class " + entry.getName() + " has no public constructor without arguments and none"
                    + " that takes Parameters; add one");
        }
        try {
            return parameterised.isPresent()
                    ? parameterised.get().newInstance(parameters)
                    : plain.orElseThrow().newInstance();
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Optional<Constructor<?>> constructor(Class<?> entry, Class<?>... arguments) {
        boolean visible = Modifier.isPublic(entry.getModifiers());
        for (Constructor<?> constructor : entry.getDeclaredConstructors()) {
            // The implicit constructor of a class that is not public is not public either, and as good.
            boolean usable = Modifier.isPublic(constructor.getModifiers())
                    || (!visible && !Modifier.isPrivate(constructor.getModifiers()));
            if (usable && Arrays.equals(constructor.getParameterTypes(), arguments)) {
                constructor.setAccessible(true);
                return Optional.of(constructor);
            }
        }
        return Optional.empty();
    }

    private static Method buildMethod(Class<?> entry) {
        for (Class<?>[] arguments : new Class<?>[][] {{BarSeries.class, Parameters.class}, {BarSeries.class}}) {
            try {
                Method method = entry.getMethod(BUILD, arguments);
                if (Modifier.isStatic(method.getModifiers())
                        && Strategy.class.isAssignableFrom(method.getReturnType())) {
                    return method;
                }
            } catch (NoSuchMethodException e) {
                // The other form may be there.
            }
        }
        throw new StrategyFault("class " + entry.getName() + " has no entry point; give it a method 'public static"
                + " Strategy " + BUILD + "(BarSeries series)' or let it implement TradingStrategy");
    }

    private static Object call(Method method, Object... arguments) throws Throwable {
        try {
            return method.invoke(null, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static Strategy built(Class<?> entry, Object result) {
        if (result instanceof Strategy strategy) {
            return strategy;
        }
        throw new StrategyFault(entry.getName() + "." + BUILD + " returned null; return a Strategy");
    }
}
