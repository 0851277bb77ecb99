package io.github.lateststate.spring;

import java.util.Map;

/** How the application connects to a broker, for each state of that broker. */
interface ConnectionSettings {

    /** The name of the subscriber that they are for. */
    String subscriber();

    /** The settings as they are now. They may hold a password. */
    Map<String, String> current();
}
