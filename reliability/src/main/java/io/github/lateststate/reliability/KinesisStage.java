package io.github.lateststate.reliability;

import io.github.lateststate.LatestStateBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** One stream of the Kinesis emulator, read through a server that misbehaves. */
final class KinesisStage implements Stage {

    private static final String STREAM = "observed";
    private static final Path EMULATOR = Path.of("state-kinesis", "src", "test", "kinesis-mock");
    private static final Duration INTERVAL = Duration.ofMillis(60);
    private static final Duration LONG = Duration.ofSeconds(40);

    private final KinesisEmulator emulator;
    private final FaultyKinesis kinesis;
    private final KinesisWriter writer;
    private final WrittenStream stream;

    private KinesisStage(KinesisEmulator emulator, FaultyKinesis kinesis, KinesisWriter writer, Book book) {
        this.emulator = emulator;
        this.kinesis = kinesis;
        this.writer = writer;
        stream = new WrittenStream(STREAM, book, writer);
    }

    /** Starts the emulator; the working directory is the root of the project. */
    static KinesisStage start(long seed) throws Exception {
        // where the SDK of the library looks for credentials
        System.setProperty("aws.accessKeyId", "test");
        System.setProperty("aws.secretAccessKey", "test");
        KinesisEmulator emulator = KinesisEmulator.start(EMULATOR, STREAM);
        Book book = new Book();
        KinesisWriter writer = new KinesisWriter(STREAM, book, emulator.endpoint(), new Random(seed), INTERVAL);
        FaultyKinesis kinesis = new FaultyKinesis(emulator.endpoint());
        KinesisStage stage = new KinesisStage(emulator, kinesis, writer, book);
        if (!Again.within(Duration.ofMinutes(1), writer::answers)) {
            stage.close();
            throw new IllegalStateException("The Kinesis emulator did not start");
        }
        return stage;
    }

    @Override
    public List<WrittenStream> streams() {
        return List.of(stream);
    }

    @Override
    public LatestStateBuilder<Shown> follow(LatestStateBuilder<Shown> builder, boolean sharedClients) {
        return builder.subscriber("kinesis")
                .setting("region", "us-east-1")
                .setting("endpoint", kinesis.endpoint().toString());
    }

    @Override
    public List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        for (KinesisFault fault : KinesisFault.values()) {
            if (fault != KinesisFault.NONE) {
                faults.add(new Fault(
                        "kinesis " + fault.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        Fault.Kind.NETWORK,
                        LONG,
                        () -> kinesis.answerWith(fault),
                        () -> kinesis.answerWith(KinesisFault.NONE)));
            }
        }
        faults.add(Fault.momentary("stream created again", Fault.Kind.LOG, this::createAgain));
        return faults;
    }

    /** The longer a stream is, the slower the emulator reads. */
    private void createAgain() throws Exception {
        stream.writer().undisturbed(() -> {
            writer.delete();
            stream.book().created();
            Again.until("creating the stream", Duration.ofMinutes(1), writer::create);
        });
    }

    @Override
    public List<String> leftovers(Set<String> groups) {
        return kinesis.connections() > 0 ? List.of(kinesis.connections() + " connections") : List.of();
    }

    @Override
    public void close() {
        kinesis.close();
        emulator.close();
    }
}
