package io.github.lateststate.kinesis;

import io.github.lateststate.engine.Loop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Limits how many reads are under way at once; the others wait for their turn. A page may be 10 MiB, so without the
 * limit memory would grow with the number of shards. A read is under way until the loop has processed its page. It
 * knows no client. Use it on the loop.
 */
final class ReadLimit {

    static final int MOST = 8;

    /** A read that waits, and whether it is still wanted. */
    private record Turn(BooleanSupplier wanted, Runnable begin) {}

    private final Loop loop;
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int underWay;

    ReadLimit(Loop loop) {
        this.loop = loop;
    }

    /**
     * Makes a call, now or when it is its turn.
     *
     * @param wanted asked when it is its turn; if false, the call is not made, and there is no answer
     * @param call makes the call
     * @return the result of the call
     */
    <T> CompletableFuture<T> inTurn(BooleanSupplier wanted, Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.add(new Turn(wanted, () -> make(call, answer)));
        beginMore();
        return answer;
    }

    private void beginMore() {
        while (underWay < MOST && !waiting.isEmpty()) {
            Turn turn = waiting.remove();
            if (turn.wanted().getAsBoolean()) {
                underWay++;
                turn.begin().run();
            }
        }
    }

    private <T> void make(Supplier<CompletableFuture<T>> call, CompletableFuture<T> answer) {
        CompletableFuture<T> made;
        try {
            made = call.get();
        } catch (RuntimeException | Error e) { // a bug in the client or in its libraries, for the crash handler
            loop.execute(this::end);
            throw e;
        }
        var unused = made.whenComplete((page, thrown) -> {
            if (thrown == null) {
                answer.complete(page);
            } else {
                answer.completeExceptionally(thrown);
            }
            loop.execute(this::end); // after the loop has processed the answer
        });
    }

    private void end() {
        underWay--;
        beginMore();
    }
}
