package io.github.lateststate;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.github.lateststate";
    /** The exception that a subscriber throws to the caller of {@code open}, and text that is fit to be shown. */
    private static final DescribedPredicate<JavaClass> NEEDED_BY_BOTH_SIDES = equivalentTo(
                    InvalidSettingException.class)
            .or(equivalentTo(PlainText.class))
            .or(name("io.github.lateststate.PlainTrace"));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void ofItsParentTheSpiKnowsWhatBothSidesNeedAlone() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".spi")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                ROOT, ROOT + ".json", ROOT + ".metrics", ROOT + ".resource", ROOT + ".testing")
                        .and(not(NEEDED_BY_BOTH_SIDES)))
                .check(CORE);
    }

    /** So the dependencies of the SPI on its parent lead nowhere. */
    @Test
    void whatBothSidesNeedNeedsNothingButJava() {
        classes()
                .that(NEEDED_BY_BOTH_SIDES)
                .should()
                .onlyDependOnClassesThat(
                        NEEDED_BY_BOTH_SIDES.or(resideInAnyPackage("java..", "org.jspecify.annotations")))
                .check(CORE);
    }

    @Test
    void thePausesBetweenTriesNeedNothingButJava() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".retry")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", ROOT + ".retry")
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
                        ROOT + ".retry",
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
    void resourcesNeedTheCallersSideAndThePausesAlone() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".resource")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.slf4j", "org.jspecify.annotations", ROOT, ROOT + ".resource", ROOT + ".retry")
                .check(CORE);
    }

    @Test
    void thePackagesHaveNoCycles() {
        slices().matching("io.github.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAnyPackage(ROOT + ".spi"), NEEDED_BY_BOTH_SIDES)
                .check(CORE);
    }
}
