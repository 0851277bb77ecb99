package io.github.lateststate.demo.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tribuo.protos.core.ModelProto;

class ClassifierTest {

    private static final Flower FLOWER = new Flower(6.1, 2.8, 4.9, 1.7);

    @Test
    void aModelRecognizesMostNewFlowers() {
        Classifier classifier = Classifier.train(Specimen.collect(150, 1), 1);

        assertThat(classifier.accuracy(Specimen.collect(1000, 2))).isGreaterThan(0.9);
    }

    @Test
    void theSameSeedMakesTheSameModelAndAnotherSeedAnotherOne() {
        assertThat(Artifacts.classifier(7).probabilities(FLOWER))
                .isEqualTo(Artifacts.classifier(7).probabilities(FLOWER))
                .isNotEqualTo(Artifacts.classifier(8).probabilities(FLOWER));
    }

    @Test
    void theLikeliestSpeciesComesFirst() {
        List<Double> probabilities =
                List.copyOf(Artifacts.classifier(7).probabilities(FLOWER).values());

        assertThat(probabilities).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @Test
    void aModelThatIsReadBackPredictsTheSameToTheLastDigit() throws Exception {
        Classifier written = Artifacts.classifier(7);

        assertThat(Classifier.of(written.bytes()).probabilities(FLOWER)).isEqualTo(written.probabilities(FLOWER));
    }

    @Test
    void bytesThatAreNotAModelAreRefused() {
        assertThatIOException()
                .isThrownBy(() -> Classifier.of("no model".getBytes(UTF_8)))
                .withMessage("The artifact cannot be read: it is not a Tribuo model, or it is damaged");
        assertThatIOException().isThrownBy(() -> Classifier.of(new byte[0]));
    }

    @Test
    void aModelThatIsCutShortIsRefused() {
        byte[] whole = Artifacts.classifier(7).bytes();

        assertThatIOException().isThrownBy(() -> Classifier.of(Arrays.copyOf(whole, whole.length / 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.lang.Runtime", "org.tribuo.MutableDataset", "no.such.Class"})
    void noOtherClassIsInstantiated(String name) {
        assertThatIOException()
                .isThrownBy(() -> Classifier.of(renamed(Artifacts.classifier(7).bytes(), name)))
                .withMessage("The artifact is not a linear model: its class is '" + name + "'");
    }

    @Test
    void aModelOfOtherFeaturesIsRefused() {
        byte[] other = replaced(Artifacts.classifier(7).bytes(), "petalWidth", "petalCount");

        assertThatIOException().isThrownBy(() -> Classifier.of(other)).withMessageContaining("petalCount");
    }

    @Test
    void aModelOfOtherSpeciesIsRefused() {
        byte[] other = replaced(Artifacts.classifier(7).bytes(), "virginica", "virgilica");

        assertThatIOException().isThrownBy(() -> Classifier.of(other)).withMessageContaining("virgilica");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.tribuo.classification.liblinear.LibLinearClassificationModel",
                "org.apache.commons.collections4.functors.InvokerTransformer",
                "org.apache.commons.beanutils.BeanComparator"
            })
    void noClassThatReadsSerializedJavaObjectsIsOnTheClassPath(String name) {
        assertThat(getClass().getClassLoader().getResource(name.replace('.', '/') + ".class"))
                .isNull();
    }

    private static byte[] renamed(byte[] model, String className) throws IOException {
        try {
            return ModelProto.parseFrom(model).toBuilder()
                    .setClassName(className)
                    .build()
                    .toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same length, because protobuf writes lengths. */
    private static byte[] replaced(byte[] model, String before, String after) {
        assertThat(before).hasSameSizeAs(after);
        return new String(model, ISO_8859_1).replace(before, after).getBytes(ISO_8859_1);
    }
}
