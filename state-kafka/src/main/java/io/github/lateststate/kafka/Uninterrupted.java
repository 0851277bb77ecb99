package io.github.lateststate.kafka;

/** Waits that go on through an interrupt, and keep its flag. */
final class Uninterrupted {

    private Uninterrupted() {}

    /** Something that can be waited for. */
    interface Wait {

        /** Returns when it is over, or after that time. */
        void upTo(long nanos) throws InterruptedException;
    }

    /** Waits, for at most that time. */
    static void await(long nanos, Wait wait) {
        long deadline = System.nanoTime() + nanos;
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                wait.upTo(deadline - System.nanoTime());
                over = true;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
