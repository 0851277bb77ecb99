package io.github.lateststate.reliability;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Looks at all open states, one after the other, all the time. */
final class Observer implements AutoCloseable {

    private static final long PAUSE_MICROS = 5_000;

    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final Stalls stalls;
    private final Report report;
    private final Thread thread = new Thread(this::watch, "observer");

    private Observer(Stalls stalls, Report report) {
        this.stalls = stalls;
        this.report = report;
    }

    static Observer start(Stalls stalls, Report report) {
        Observer observer = new Observer(stalls, report);
        observer.thread.setDaemon(true);
        observer.thread.start();
        return observer;
    }

    void add(Watched state) {
        watched.add(state);
    }

    void remove(Watched state) {
        watched.remove(state);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                watched.forEach(state -> state.look(stalls.recent()));
                report.looks(watched.size());
                TimeUnit.MICROSECONDS.sleep(PAUSE_MICROS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
