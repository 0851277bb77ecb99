package io.github.lateststate.benchmarks.instances;

import io.github.lateststate.benchmarks.followers.FollowersJvm;
import io.github.lateststate.benchmarks.followers.VersionedTopics;
import io.github.lateststate.benchmarks.followers.Way;
import io.github.lateststate.benchmarks.report.Sample;
import io.github.lateststate.embedded.EmbeddedKafka;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Instances of one service, in a few JVMs. Each has clients of its own. */
final class Instances implements AutoCloseable {

    private static final List<String> JVM_OPTIONS = List.of("-XX:+UseSerialGC", "-Xmx1g");

    private final List<FollowersJvm> jvms = new ArrayList<>();

    Instances(Way way, EmbeddedKafka broker, String topic, int jvmCount, int inEach) throws IOException {
        try {
            for (int i = 0; i < jvmCount; i++) {
                List<String> topics = Collections.nCopies(inEach, topic);
                jvms.add(FollowersJvm.start(way, broker.bootstrapServers(), i * inEach, topics, JVM_OPTIONS));
            }
            for (FollowersJvm jvm : jvms) {
                jvm.warmUp();
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    /** Opens all. Returns how many seconds after the first was opened each had its value. */
    Sample open() throws IOException {
        for (FollowersJvm jvm : jvms) {
            jvm.beginOpen();
        }
        long begin = Long.MAX_VALUE;
        for (FollowersJvm jvm : jvms) {
            begin = Math.min(begin, jvm.openedAt());
        }
        return arrivals(0, begin, 1e9);
    }

    /** Sends a version. Returns how many milliseconds later each instance could read it. */
    Sample update(VersionedTopics topic, long version) throws Exception {
        long begin = System.nanoTime();
        topic.publish(version);
        return arrivals(version, begin, 1e6);
    }

    private Sample arrivals(long version, long begin, double unit) throws IOException {
        for (FollowersJvm jvm : jvms) {
            jvm.beginAwait(version);
        }
        List<Double> since = new ArrayList<>();
        for (FollowersJvm jvm : jvms) {
            for (long at : jvm.arrivals()) {
                since.add((at - begin) / unit);
            }
        }
        return Sample.of(since);
    }

    @Override
    public void close() {
        jvms.forEach(FollowersJvm::close);
    }
}
