package io.github.lateststate.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** Which calls came, and what to do at the next ones. Thread-safe. */
final class Script {

    private final Map<String, Queue<Fault>> faults = new HashMap<>();
    private final Map<String, Fault> lasting = new HashMap<>();
    private final Map<String, List<JsonNode>> requests = new HashMap<>();
    private final Map<String, Integer> repetitions = new HashMap<>();

    /** At the next call of that operation, or after what was said before. */
    synchronized void next(String operation, Fault fault) {
        faults.computeIfAbsent(operation, none -> new ArrayDeque<>()).add(fault);
    }

    /** At every call until {@link #clear}. */
    synchronized void always(String operation, Fault fault) {
        lasting.put(operation, fault);
    }

    synchronized void clear() {
        faults.clear();
        lasting.clear();
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

    /** How many calls were repetitions by the SDK itself. */
    synchronized int repetitions(String operation) {
        return repetitions.getOrDefault(operation, 0);
    }

    synchronized void repeated(String operation) {
        repetitions.merge(operation, 1, Integer::sum);
    }

    synchronized Optional<Fault> called(String operation, JsonNode request) {
        requests.computeIfAbsent(operation, none -> new ArrayList<>()).add(request);
        Queue<Fault> next = faults.get(operation);
        return Optional.ofNullable(next == null || next.isEmpty() ? lasting.get(operation) : next.remove());
    }
}
