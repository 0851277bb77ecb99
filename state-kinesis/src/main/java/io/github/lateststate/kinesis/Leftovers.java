package io.github.lateststate.kinesis;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the fan-out consumers that crashed instances left behind. A living instance changes its consumer's tag every
 * {@link FanOut#BEAT_EVERY}, and leaves its consumer if it cannot. So a consumer belongs to nobody if several looks
 * find the same tag, with at least that time between two looks. No clock is read or compared. Not safe for use by
 * several threads.
 */
final class Leftovers {

    /** How many looks in a row must show the same. */
    static final int LOOKS = 5;

    private static final String RANDOM_ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final int RANDOM_ID_LENGTH = 36;

    private record Seen(String beat, int times) {}

    private final Pattern names;
    private Map<String, Seen> seen = new HashMap<>();

    /**
     * Knows no consumer yet.
     *
     * @param group the name of one instance: the names of the others have the same prefix
     */
    Leftovers(String group) {
        String prefix = group.substring(0, group.length() - RANDOM_ID_LENGTH);
        this.names = Pattern.compile(Pattern.quote(prefix) + RANDOM_ID);
    }

    /** Whether a name has the same prefix. */
    boolean isOurs(String name) {
        return names.matcher(name).matches();
    }

    /**
     * Looks at the consumers.
     *
     * @param beats the tag of each consumer, by its name; without those that have none
     * @return the names of the leftovers
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
