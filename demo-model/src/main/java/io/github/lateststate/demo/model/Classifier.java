package io.github.lateststate.demo.model;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Predicts the species of a flower by logistic regression. Immutable, so any number of threads may use it. */
final class Classifier {

    private static final LabelFactory LABELS = new LabelFactory();
    private static final Label UNKNOWN = LabelFactory.UNKNOWN_LABEL;
    private static final double LEARNING_RATE = 0.3;
    private static final int EPOCHS = 100;

    private final Model<Label> model;

    private Classifier(Model<Label> model) {
        this.model = model;
    }

    /** The same specimens and the same seed make a model with the same weights. */
    static Classifier train(List<Specimen> specimens, long seed) {
        MutableDataset<Label> data = new MutableDataset<>(
                new SimpleDataSourceProvenance("generated flowers", OffsetDateTime.now(ZoneOffset.UTC), LABELS),
                LABELS);
        for (Specimen specimen : specimens) {
            data.add(example(specimen.flower(), new Label(specimen.species().label())));
        }
        return new Classifier(
                new LinearSGDTrainer(new LogMulticlass(), new AdaGrad(LEARNING_RATE), EPOCHS, seed).train(data));
    }

    /**
     * Reads what {@link #bytes()} wrote. Tribuo creates objects of the classes that the artifact names, so this checks the outermost
     * class first. No class on the class path reads a serialized Java object.
     *
     * @throws IOException if it is not a model, or was trained for something else
     */
    static Classifier of(byte[] artifact) throws IOException {
        try {
            ModelProto proto = ModelProto.parseFrom(artifact);
            if (!proto.getClassName().equals(LinearSGDModel.class.getName())) {
                throw new IOException(
                        "The artifact is not a linear model: its class is '" + proto.getClassName() + "'");
            }
            Classifier read = new Classifier(Model.deserialize(proto).castModel(Label.class));
            read.requireFlowers();
            return read;
        } catch (InvalidProtocolBufferException e) {
            throw new IOException("The artifact cannot be read: it is not a Tribuo model, or it is damaged", e);
        } catch (RuntimeException e) {
            throw new IOException("The artifact cannot be read: " + e.getMessage(), e);
        }
    }

    byte[] bytes() {
        return model.serialize().toByteArray();
    }

    /** The probability of each species, by its label, the likeliest first. */
    Map<String, Double> probabilities(Flower flower) {
        Prediction<Label> prediction = model.predict(example(flower, UNKNOWN));
        Map<String, Double> sorted = new LinkedHashMap<>();
        prediction.getOutputScores().values().stream()
                .sorted((a, b) -> Double.compare(b.getScore(), a.getScore()))
                .forEach(label -> sorted.put(label.getLabel(), label.getScore()));
        return Collections.unmodifiableMap(sorted);
    }

    String likeliest(Flower flower) {
        return model.predict(example(flower, UNKNOWN)).getOutput().getLabel();
    }

    /** The fraction of the specimens that it recognizes, from 0 to 1. */
    double accuracy(List<Specimen> specimens) {
        long right = specimens.stream()
                .filter(specimen ->
                        likeliest(specimen.flower()).equals(specimen.species().label()))
                .count();
        return (double) right / specimens.size();
    }

    private void requireFlowers() throws IOException {
        Set<String> features = model.getFeatureIDMap().keySet();
        if (!features.equals(Set.copyOf(Flower.FEATURES))) {
            throw new IOException("The model knows " + features + ", and not " + Flower.FEATURES);
        }
        Set<String> labels = model.getOutputIDInfo().getDomain().stream()
                .map(Label::getLabel)
                .collect(Collectors.toSet());
        Set<String> species =
                Arrays.stream(Species.values()).map(Species::label).collect(Collectors.toSet());
        if (!labels.equals(species)) {
            throw new IOException("The model knows " + labels + ", and not " + species);
        }
    }

    private static Example<Label> example(Flower flower, Label label) {
        return new ArrayExample<>(label, Flower.FEATURES.toArray(String[]::new), flower.values());
    }
}
