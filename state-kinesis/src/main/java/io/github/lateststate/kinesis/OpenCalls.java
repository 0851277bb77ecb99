package io.github.lateststate.kinesis;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The calls that are under way. A client that is closed waits for them for ten seconds, unless they are cancelled. */
final class OpenCalls {

    private final Map<Object, CompletableFuture<?>> open = new ConcurrentHashMap<>();

    /** Adds a call as the client returned it: a future derived from it would not pass on a cancellation. */
    <T> CompletableFuture<T> add(CompletableFuture<T> call) {
        Object key = new Object();
        open.put(key, call);
        var unused = call.whenComplete((answer, thrown) -> open.remove(key));
        return call;
    }

    void cancelAll() {
        open.values().forEach(call -> call.cancel(true));
    }
}
