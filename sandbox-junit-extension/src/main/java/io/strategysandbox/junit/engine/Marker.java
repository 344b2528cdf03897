package io.strategysandbox.junit.engine;

import io.strategysandbox.junit.StrategyDirectory;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.TestTag;

/**
 * A class that stands for the strategies of a folder.
 *
 * @param type the class
 * @param annotation what it says
 */
record Marker(Class<?> type, StrategyDirectory annotation) {

    static Optional<Marker> of(Class<?> type) {
        return AnnotationSupport.findAnnotation(type, StrategyDirectory.class)
                .map(annotation -> new Marker(type, annotation));
    }

    /** {@return the tags that the class gives all its strategies} */
    Set<TestTag> tags() {
        return AnnotationSupport.findRepeatableAnnotations(type, Tag.class).stream()
                .map(Tag::value)
                .filter(TestTag::isValid)
                .map(TestTag::create)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toString() {
        return "@StrategyDirectory of " + type.getName();
    }
}
