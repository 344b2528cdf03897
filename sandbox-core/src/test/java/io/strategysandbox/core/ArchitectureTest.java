package io.strategysandbox.core;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The arrows between packages are one-way: a stage knows what comes before it and nothing else. */
class ArchitectureTest {

    private static final String CORE = "io.strategysandbox.core.";

    /** In the order of the data. */
    private static final List<String> STAGES = List.of(
            "host",
            "config",
            "strategy",
            "market",
            "validation",
            "compilation",
            "verdict",
            "backend",
            "backend.docker",
            "backend.local",
            "monitor",
            "backtest",
            "report",
            "benchmark");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.strategysandbox");

    @TestFactory
    Stream<DynamicTest> aStageKnowsOnlyWhatComesBeforeIt() {
        return IntStream.range(0, STAGES.size())
                .mapToObj(i -> DynamicTest.dynamicTest(STAGES.get(i), () -> {
                    String[] later = STAGES.subList(i + 1, STAGES.size()).stream()
                            .map(stage -> CORE + stage)
                            .toArray(String[]::new);
                    ArchRule rule = noClasses()
                            .that()
                            .resideInAPackage(CORE + STAGES.get(i))
                            .should()
                            .dependOnClassesThat(resideInAnyPackage(later).or(theFacade()));
                    rule.allowEmptyShould(true).check(CLASSES);
                }));
    }

    @Test
    void everyPackageOfCoreIsAStageOrTheFacadeOrTheCompilersWorker() {
        List<String> known = Stream.concat(
                        STAGES.stream().map(stage -> CORE + stage),
                        Stream.of("io.strategysandbox.core", CORE + "compilation.worker"))
                .toList();
        noClasses()
                .that()
                .resideInAPackage("io.strategysandbox.core..")
                .should()
                .resideOutsideOfPackages(known.toArray(String[]::new))
                .check(CLASSES);
    }

    @Test
    void packagesAreFreeOfCycles() {
        slices().matching("io.strategysandbox.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theCompilersWorkerNeedsNothingButTheJdk() {
        noClasses()
                .that()
                .resideInAPackage(CORE + "compilation.worker")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        "java..", "javax.tools..", "org.jspecify..", CORE + "compilation.worker"))
                .check(CLASSES);
    }

    @Test
    void theRunnerNeedsNothingButTa4jAndTheJdk() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "io.strategysandbox.api..", "io.strategysandbox.protocol..", "io.strategysandbox.runner..")
                .should()
                .dependOnClassesThat(resideOutsideOfPackages(
                        "java..",
                        "org.ta4j..",
                        "org.jspecify..",
                        "io.strategysandbox.api..",
                        "io.strategysandbox.protocol..",
                        "io.strategysandbox.runner.."))
                .check(CLASSES);
    }

    @Test
    void onlyTheDockerBackendKnowsDocker() {
        noClasses()
                .that()
                .resideOutsideOfPackages(CORE + "backend.docker", CORE + "monitor")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.github.dockerjava..")
                .check(CLASSES);
    }

    private static DescribedPredicate<JavaClass> theFacade() {
        return JavaClass.Predicates.resideInAPackage("io.strategysandbox.core").as("reside in the facade's package");
    }
}
