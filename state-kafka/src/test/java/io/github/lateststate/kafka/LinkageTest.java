package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Everything of Kafka that this module's classes name exists in the client version of this test run. */
@Tag("every-client")
class LinkageTest {

    private static final String KAFKA = "org/apache/kafka/";

    @Test
    void everyReferenceToKafkaIsResolved() throws Exception {
        List<ClassReferences.Reference> references = classFiles().stream()
                .flatMap(LinkageTest::references)
                .filter(reference -> reference.owner().startsWith(KAFKA))
                .distinct()
                .toList();
        assertThat(references).anyMatch(reference -> reference.isTo(Consumer.class, "poll"));
        assertThat(references).filteredOn(reference -> !reference.isThere()).isEmpty();
    }

    private static Stream<ClassReferences.Reference> references(Path classFile) {
        return ClassReferences.of(classFile).references().stream()
                .filter(reference -> !isAskedFor(classFile, reference));
    }

    /** The only class that checks whether a method exists before it calls it. */
    private static boolean isAskedFor(Path classFile, ClassReferences.Reference reference) {
        return classFile.endsWith("ClientVersion.class") && reference.isTo(ConsumerRecords.class, "nextOffsets");
    }

    private static List<Path> classFiles() throws IOException, URISyntaxException {
        Path root = Path.of(KafkaSubscriber.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }
}
