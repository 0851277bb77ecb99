package io.github.lateststate.reliability;

/**
 * The value of an observed state.
 *
 * @param serial the number of the update in the book
 * @param place where the library says that the update stands
 */
record Shown(long serial, Place place) {

    @Override
    public String toString() {
        return "update " + serial + " at " + place;
    }
}
