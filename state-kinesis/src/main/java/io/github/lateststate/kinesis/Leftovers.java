package io.github.lateststate.kinesis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which fan-out consumers were left behind by instances that are no more. A living instance changes its consumer's tag
 * every {@link FanOut#BEAT_EVERY}, and leaves its consumer if it cannot. So one whose tag did not change while it was looked at
 * several times, with at least as long between two looks, belongs to nobody. No clock is compared with another, and none is
 * even read. Not safe for use by several threads.
 */
final class Leftovers {

    /** How many looks in a row have to show the same. */
    static final int LOOKS = 5;

    private static final String RANDOM_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final int RANDOM_ID_LENGTH = 36;

    private record Seen(String beat, int times) {}

    private final Pattern names;
    private Map<String, Seen> seen = new HashMap<>();

    /**
     * Makes one that knows of no consumer.
     *
     * @param group the name of one instance: the others' names have the same prefix
     */
    Leftovers(String group) {
        String prefix = group.substring(0, group.length() - RANDOM_ID_LENGTH);
        this.names = Pattern.compile(Pattern.quote(prefix) + RANDOM_ID);
    }

    /** Whether a name is of the same prefix. */
    boolean isOurs(String name) {
        return names.matcher(name).matches();
    }

    /**
     * Takes a look.
     *
     * @param beats what the tag of each consumer says, by its name; those that have none are not in it
     * @return the names of those left behind
     */
    Set<String> look(Map<String, String> beats) {
        Map<String, Seen> now = new HashMap<>();
        Set<String> left = new HashSet<>();
        beats.forEach((name, beat) -> {
            Seen before = seen.get(name);
            int times = before != null && before.beat().equals(beat) ? before.times() + 1 : 1;
            now.put(name, new Seen(beat, times));
            if (times >= LOOKS) {
                left.add(name);
            }
        });
        seen = now;
        return left;
    }
}
