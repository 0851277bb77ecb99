package io.github.lateststate.kafka;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sets a context class loader that knows Kafka, because Kafka finds classes by it, even its own. A thread of the common
 * pool has the system class loader instead, which does not see into a fat jar. Threads that are created meanwhile
 * inherit the class loader.
 */
final class ContextLoader {

    private ContextLoader() {}

    /** Runs an action with a context class loader that knows Kafka. */
    static <T> T knowingKafka(Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        if (knowsKafka(before)) {
            return action.get();
        }
        thread.setContextClassLoader(ContextLoader.class.getClassLoader());
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Without a context class loader, Kafka uses its own. */
    private static boolean knowsKafka(@Nullable ClassLoader loader) {
        try {
            return loader == null
                    || Class.forName(Consumer.class.getName(), false, loader).equals(Consumer.class);
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
