package io.strategysandbox.core.validation;

import io.strategysandbox.core.strategy.SourceFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Stops the first look of a JVM after some milliseconds, and prints what the next one finds. */
final class ColdLook {

    private ColdLook() {}

    public static void main(String[] args) throws InterruptedException {
        List<SourceFile> sources = List.of(
                SourceFile.of("A.java", "class A { void m() { System.exit(1); } }".getBytes(StandardCharsets.UTF_8)));
        SecurityValidator.create(Duration.ofMillis(Long.parseLong(args[0]))).checkSources(sources);
        Thread.sleep(500);
        SecurityValidator.create(Duration.ofHours(1))
                .checkSources(sources)
                .findings()
                .forEach(finding -> System.out.println(finding.rule()));
    }
}
