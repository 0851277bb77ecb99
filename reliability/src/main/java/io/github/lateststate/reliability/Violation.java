package io.github.lateststate.reliability;

/**
 * A broken promise.
 *
 * @param promise which one
 * @param detail what was seen
 */
record Violation(Promise promise, String detail) {

    /** What the library claims. */
    enum Promise {
        NEVER_OLDER("never an older value after a newer one of the same log"),
        NEVER_UNCOMMITTED("never a value that was not committed"),
        TRUE_POSITION("the position of a value is the one that the broker acknowledged"),
        NEVER_STALE_WHEN_LIVE("LIVE with nothing pending shows all that was committed more than 15 s ago"),
        CONTACT_WHEN_LIVE("LIVE only with a contact within 15 s"),
        NEVER_FAILED("never FAILED because of a fault"),
        LIVE_AFTER_FAULTS("LIVE with the newest value within 15 s after the last fault"),
        CLOSED_IN_TIME("closed within 5 s"),
        NOTHING_LEFT("no thread, connection or group is left after close");

        private final String text;

        Promise(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
