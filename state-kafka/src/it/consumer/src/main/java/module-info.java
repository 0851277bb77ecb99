/** A module that follows a state and does not name its broker's module. */
module consumer {
    requires io.github.lateststate;
}
