package io.github.lateststate;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
    /** What callers and implementers share. */
    private static final DescribedPredicate<JavaClass> LEAVES =
            belongToAnyOf(InvalidSettingException.class, PlainText.class, PlainTrace.class);

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    /** A subscriber throws the exception to the caller of {@code open}, and both sides show text from outside. */
    @Test
    void theSpiUsesOnlyInvalidSettingExceptionAndPlainTextOfItsParent() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".spi")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                ROOT, ROOT + ".json", ROOT + ".metrics", ROOT + ".resource", ROOT + ".testing")
                        .and(not(LEAVES)))
                .check(CORE);
    }

    /** So the SPI's dependency on its parent goes no further. */
    @Test
    void theClassesThatTheSpiUsesOfItsParentNeedOnlyJava() {
        classes()
                .that(LEAVES)
                .should()
                .onlyDependOnClassesThat(LEAVES.or(resideInAnyPackage("java..", "org.jspecify.annotations")))
                .check(CORE);
    }

    @Test
    void theConcurrentPackageNeedsOnlyJava() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".concurrent")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations", ROOT + ".concurrent")
                .check(CORE);
    }

    @Test
    void theEngineNeedsOnlyTheSpiAndThreads() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".engine")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "org.jspecify.annotations", ROOT + ".spi", ROOT + ".concurrent", ROOT + ".engine")
                .check(CORE);
    }

    @Test
    void allPackagesExceptJsonAndMetricsNeedOnlyJavaSlf4jAndJspecify() {
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
                        ROOT + ".concurrent",
                        ROOT + ".spi",
                        ROOT + ".testing")
                .check(CORE);
    }

    @Test
    void jsonNeedsOnlyJacksonAndTheCallersApi() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".json")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify.annotations",
                        "com.fasterxml.jackson..",
                        "tools.jackson..",
                        ROOT,
                        ROOT + ".json")
                .check(CORE);
    }

    @Test
    void metricsNeedOnlyMicrometerAndTheCallersApi() {
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
    void resourcesNeedOnlyTheCallersApiAndTheConcurrentPackage() {
        classes()
                .that()
                .resideInAPackage(ROOT + ".resource")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.slf4j",
                        "org.jspecify.annotations",
                        ROOT,
                        ROOT + ".resource",
                        ROOT + ".concurrent")
                .check(CORE);
    }

    @Test
    void thePackagesHaveNoCycles() {
        slices().matching("io.github.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(resideInAnyPackage(ROOT + ".spi"), LEAVES)
                .check(CORE);
    }
}
