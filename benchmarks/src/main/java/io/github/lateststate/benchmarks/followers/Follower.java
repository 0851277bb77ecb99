package io.github.lateststate.benchmarks.followers;

/** Finds the latest value of a topic of one partition and follows it, until closed. */
public interface Follower extends AutoCloseable {

    @Override
    void close();
}
