package io.github.lateststate.demo.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.lateststate.demo.web.DefaultBroker;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Proves the SPI: the server is compiled against the core, and finds its broker on the class path. */
class ArchitectureTest {

    private static final String[] CORE = {
        "io.github.lateststate",
        "io.github.lateststate.json..",
        "io.github.lateststate.metrics..",
        "io.github.lateststate.resource..",
        "io.github.lateststate.concurrent..",
        "io.github.lateststate.engine..",
        "io.github.lateststate.spi..",
        "io.github.lateststate.testing.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.lateststate");

    private static final JavaClasses CALLERS_AND_THEIR_TESTS =
            new ClassFileImporter().importPackages("io.github.lateststate.demo");

    @Test
    void theServerKnowsNoBroker() {
        noClasses()
                .that(resideInAPackage("io.github.lateststate.demo.."))
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "io.github.lateststate.kafka..",
                        "io.github.lateststate.kinesis..",
                        "org.apache.kafka..",
                        "software.amazon.."))
                .check(OURS);
    }

    @Test
    void onlyTheDefaultRunKnowsTheEmbeddedBroker() {
        classes()
                .that(resideInAPackage("io.github.lateststate.embedded.."))
                .should()
                .onlyHaveDependentClassesThat(
                        resideInAPackage("io.github.lateststate.embedded..").or(type(DefaultBroker.class)))
                .check(OURS);
    }

    @Test
    void theCoreDependsOnNoOtherModule() {
        noClasses()
                .that(resideInAnyPackage(CORE))
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.lateststate..").and(not(resideInAnyPackage(CORE))))
                .check(OURS);
    }

    @Test
    void aBrokerModuleDependsOnlyOnTheSpiTheEngineAndTheCallersApi() {
        for (String broker : List.of("io.github.lateststate.kafka..", "io.github.lateststate.kinesis..")) {
            noClasses()
                    .that(resideInAPackage(broker))
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.github.lateststate..")
                            .and(not(resideInAnyPackage(
                                    broker,
                                    "io.github.lateststate",
                                    "io.github.lateststate.engine",
                                    "io.github.lateststate.spi"))))
                    .check(OURS);
        }
    }

    @Test
    void aCallerAndItsTestsNeedNothingOfTheSpi() {
        noClasses()
                .that(resideInAPackage("io.github.lateststate.demo.."))
                .should()
                .dependOnClassesThat(resideInAPackage("io.github.lateststate.spi.."))
                .check(CALLERS_AND_THEIR_TESTS);
    }

    @Test
    void thePackagesUnderTestAreOnTheClassPath() {
        assertThat(OURS.stream().map(each -> each.getPackageName()).distinct())
                .contains(
                        "io.github.lateststate",
                        "io.github.lateststate.spi",
                        "io.github.lateststate.kafka",
                        "io.github.lateststate.kinesis",
                        "io.github.lateststate.embedded",
                        "io.github.lateststate.demo.web",
                        "io.github.lateststate.demo.server");
    }
}
