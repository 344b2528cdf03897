package io.strategysandbox.runner;

import io.strategysandbox.protocol.RunnerMessage.Failed;
import io.strategysandbox.protocol.RunnerMessage.Kind;
import io.strategysandbox.protocol.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Puts what a strategy threw into words. A strategy's exception may override any method, so each call into it may
 * itself throw.
 */
final class Failures {

    private static final int MAX_CAUSES = 16;

    private Failures() {}

    /**
     * Describes a failure.
     *
     * @param thrown what was thrown
     * @param ownClasses the names of the strategy's classes; only their frames are reported
     * @param bar the bar's index, -1 if there was none
     */
    static Failed describe(Throwable thrown, Set<String> ownClasses, int bar) {
        List<Throwable> chain = causes(thrown);
        for (Throwable link : chain) {
            if (link instanceof OutOfMemoryError) {
                return failed(kind(link), link, frames(chain, ownClasses), bar);
            }
        }
        // What a static initialiser threw says more than the wrapping that the JVM puts around it.
        boolean wrapped = thrown instanceof ExceptionInInitializerError && chain.size() > 1;
        return failed(Kind.RUNTIME, wrapped ? chain.get(1) : thrown, frames(chain, ownClasses), bar);
    }

    private static Failed failed(Kind kind, Throwable thrown, List<String> frames, int bar) {
        String name = thrown instanceof StrategyFault ? "" : thrown.getClass().getName();
        return new Failed(kind, name, message(thrown), frames, bar);
    }

    private static Kind kind(Throwable outOfMemory) {
        String message = message(outOfMemory);
        return message.contains("native thread") || message.contains("process/resource limits")
                ? Kind.PROCESSES
                : Kind.MEMORY;
    }

    private static List<Throwable> causes(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Throwable link = thrown;
        while (link != null && chain.size() < MAX_CAUSES) {
            chain.add(link);
            try {
                link = link.getCause();
            } catch (Throwable e) {
                return chain;
            }
        }
        return chain;
    }

    private static String message(Throwable thrown) {
        try {
            String message = thrown.getMessage();
            return message == null ? "" : message;
        } catch (Throwable e) {
            return "";
        }
    }

    /** The frames of the innermost cause that has any. */
    private static List<String> frames(List<Throwable> chain, Set<String> ownClasses) {
        for (int i = chain.size() - 1; i >= 0; i--) {
            List<String> frames = frames(chain.get(i), ownClasses);
            if (!frames.isEmpty()) {
                return frames;
            }
        }
        return List.of();
    }

    private static List<String> frames(Throwable thrown, Set<String> ownClasses) {
        List<String> frames = new ArrayList<>();
        try {
            for (StackTraceElement element : thrown.getStackTrace()) {
                if (ownClasses.contains(element.getClassName()) && frames.size() < Wire.MAX_STACK_FRAMES) {
                    frames.add(element.getClassName() + "." + element.getMethodName() + "(" + place(element) + ")");
                }
            }
        } catch (Throwable e) {
            return frames;
        }
        return frames;
    }

    private static String place(StackTraceElement element) {
        String file = element.getFileName() == null ? "Unknown Source" : element.getFileName();
        return element.getLineNumber() < 0 ? file : file + ":" + element.getLineNumber();
    }
}
