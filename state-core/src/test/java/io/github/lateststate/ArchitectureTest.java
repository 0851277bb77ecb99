package io.github.lateststate;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.lateststate.spi.Backoff;
import io.github.lateststate.spi.PlainText;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.github.lateststate";
    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void theSpiKnowsNothingOfItsParent() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".spi")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT, ROOT + ".json", ROOT + ".metrics", ROOT + ".resource", ROOT + ".testing")
                .check(CORE);
    }

    @Test
    void theEngineNeedsTheSpiAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".engine")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", ROOT + ".spi", ROOT + ".engine")
                .check(CORE);
    }

    @Test
    void everythingButJsonAndMetricsNeedsNothingButJavaSlf4jAndJspecify() {
        classes()
                .that()
                .resideOutsideOfPackages(ROOT + ".json", ROOT + ".metrics")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.slf4j",
                        "org.jspecify.annotations",
                        ROOT,
                        ROOT + ".engine",
                        ROOT + ".resource",
                        ROOT + ".spi",
                        ROOT + ".testing")
                .check(CORE);
    }

    @Test
    void jsonNeedsJacksonAndTheCallersSide() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".json")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify.annotations", "com.fasterxml.jackson..", ROOT, ROOT + ".json")
                .check(CORE);
    }

    @Test
    void metricsNeedMicrometerAndTheCallersSide() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".metrics")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "io.micrometer.core..",
                        ROOT,
                        ROOT + ".metrics",
                        ROOT + ".resource")
                .check(CORE);
    }

    @Test
    void resourcesNeedTheCallersSideTheBackoffAndPlainTextAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".resource")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage("java..", "org.slf4j", "org.jspecify.annotations", ROOT, ROOT + ".resource")
                                .or(equivalentTo(Backoff.class))
                                .or(equivalentTo(PlainText.class)))
                .check(CORE);
    }

    @Test
    void thePackagesHaveNoCycles() {
        slices().matching("io.github.(**)").should().beFreeOfCycles().check(CORE);
    }
}
