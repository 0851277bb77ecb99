package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import java.util.function.Predicate;

/** Records the calls, and decides how to answer the next ones. Thread-safe. */
final class Script {

    private final Map<String, Queue<Fault>> faults = new HashMap<>();
    private final Map<String, Fault> lasting = new HashMap<>();
    private final Map<String, Function<JsonNode, Fault>> conditional = new HashMap<>();
    private final Map<String, List<JsonNode>> requests = new HashMap<>();
    private final Map<String, Integer> repetitions = new HashMap<>();

    /** Applies to the next call of that operation, after the faults that were added before. */
    synchronized void next(String operation, Fault fault) {
        faults.computeIfAbsent(operation, none -> new ArrayDeque<>()).add(fault);
    }

    /** Applies to every matching call until {@link #clear}. */
    synchronized void whenever(String operation, Predicate<JsonNode> request, Fault fault) {
        conditional.put(operation, asked -> request.test(asked) ? fault : null);
    }

    /** Applies to every call until {@link #clear}. */
    synchronized void always(String operation, Fault fault) {
        lasting.put(operation, fault);
    }

    synchronized void clear() {
        faults.clear();
        lasting.clear();
        conditional.clear();
    }

    synchronized int calls(String operation) {
        return requests(operation).size();
    }

    synchronized List<JsonNode> requests(String operation) {
        return List.copyOf(requests.getOrDefault(operation, List.of()));
    }

    synchronized void forgetCalls() {
        requests.clear();
        repetitions.clear();
    }

    /** How many calls the SDK itself repeated. */
    synchronized int repetitions(String operation) {
        return repetitions.getOrDefault(operation, 0);
    }

    synchronized void repeated(String operation) {
        repetitions.merge(operation, 1, Integer::sum);
    }

    synchronized Optional<Fault> called(String operation, JsonNode request) {
        requests.computeIfAbsent(operation, none -> new ArrayList<>()).add(request);
        Queue<Fault> next = faults.get(operation);
        if (next != null && !next.isEmpty()) {
            return Optional.of(next.remove());
        }
        Optional<Fault> always = Optional.ofNullable(lasting.get(operation));
        return always.or(() -> Optional.ofNullable(conditional.get(operation)).map(on -> on.apply(request)));
    }
}
