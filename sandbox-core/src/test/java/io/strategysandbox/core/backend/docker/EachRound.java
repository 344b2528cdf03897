package io.strategysandbox.core.backend.docker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** A test that is repeated as often as attacks are. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(EachRound.Rounds.class)
@interface EachRound {

    /** {@code sandbox.attack.rounds}, or one. */
    int COUNT = Integer.getInteger("sandbox.attack.rounds", 1);

    /** Makes the rounds. */
    final class Rounds implements TestTemplateInvocationContextProvider {
        @Override
        public boolean supportsTestTemplate(ExtensionContext context) {
            return true;
        }

        @Override
        public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
            return IntStream.rangeClosed(1, COUNT).mapToObj(round -> new TestTemplateInvocationContext() {
                @Override
                public String getDisplayName(int index) {
                    return "round " + round + " of " + COUNT;
                }
            });
        }
    }
}
