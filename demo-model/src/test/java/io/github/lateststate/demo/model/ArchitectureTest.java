package io.github.lateststate.demo.model;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The server is compiled against the core. Only the training publishes, and only one class uses Tribuo. */
class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.github.lateststate");

    @Test
    void nothingHereKnowsABroker() {
        noClasses()
                .that()
                .resideInAPackage("io.github.lateststate.demo.model")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.github.lateststate.kafka..",
                        "io.github.lateststate.kinesis..",
                        "io.github.lateststate.embedded..",
                        "org.apache.kafka..",
                        "software.amazon..")
                .check(OURS);
    }

    @Test
    void onlyTheTrainingPublishes() {
        noClasses()
                .that(resideInAPackage("io.github.lateststate.demo.model")
                        .and(type(Train.class).or(type(DemoModel.class)).negate()))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.lateststate.demo.producer..")
                .check(OURS);
    }

    @Test
    void onlyTheClassifierKnowsTheLibrary() {
        classes()
                .that()
                .resideInAPackage("io.github.lateststate..")
                .and(type(Classifier.class).negate())
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("org.tribuo..", "com.google.protobuf..")
                .check(OURS);
    }
}
