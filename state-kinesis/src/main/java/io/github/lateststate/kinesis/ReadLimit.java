package io.github.lateststate.kinesis;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Lets a few reads be under way at once, the others wait for their turn: a page may be 10 MiB, and so memory would grow with
 * the number of shards. A read is under way until its page was dealt with. Knows no client; belongs to a loop's thread.
 */
final class ReadLimit {

    static final int MOST = 8;

    private final Loop loop;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    ReadLimit(Loop loop) {
        this.loop = loop;
    }

    /** Begins a read, now or when it is its turn; {@link #end} has to follow, unless it throws. */
    void begin(Runnable read) {
        if (underWay == MOST) {
            waiting.add(read);
        } else {
            underWay++;
            run(read);
        }
    }

    /** Says that a read is over. */
    void end() {
        Runnable next = waiting.poll();
        if (next == null) {
            underWay--;
        } else {
            loop.execute(() -> run(next));
        }
    }

    private void run(Runnable read) {
        try {
            read.run();
        } catch (RuntimeException | Error e) {
            end();
            throw e;
        }
    }
}
