package io.github.lateststate.concurrent;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;

/**
 * Makes the threads on which the library calls your code: virtual threads if the JVM has them, else daemons. They have
 * the context class loader of the thread that asked for the factory.
 */
public final class CallThreads {

    private CallThreads() {}

    /**
     * Threads of one purpose.
     *
     * @param name the name of each
     * @return makes threads that do not keep the JVM alive and inherit no thread-locals
     */
    public static ThreadFactory named(String name) {
        return virtual(name).orElse(daemons(name));
    }

    /**
     * Platform threads, even if the JVM has virtual ones.
     *
     * @param name the name of each
     * @return makes threads that do not keep the JVM alive and inherit no thread-locals
     */
    public static ThreadFactory daemons(String name) {
        return new ContextClassLoader().givenTo(task -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Virtual threads. The library is compiled for a JVM without them, so it finds them by reflection.
     *
     * @param name the name of each
     * @return makes virtual threads that inherit no thread-locals; empty if the JVM has none
     */
    public static Optional<ThreadFactory> virtual(String name) {
        MethodHandles.Lookup lookup = MethodHandles.publicLookup();
        try {
            Class<?> ofVirtual = Class.forName("java.lang.Thread$Builder$OfVirtual");
            MethodHandle builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(ofVirtual));
            MethodHandle named = lookup.findVirtual(ofVirtual, "name", MethodType.methodType(ofVirtual, String.class));
            MethodHandle bare = lookup.findVirtual(
                    ofVirtual, "inheritInheritableThreadLocals", MethodType.methodType(ofVirtual, boolean.class));
            MethodHandle factory = lookup.findVirtual(ofVirtual, "factory", MethodType.methodType(ThreadFactory.class));
            Object described = bare.invoke(named.invoke(builder.invoke(), name), false);
            return Optional.of(new ContextClassLoader().givenTo((ThreadFactory) factory.invoke(described)));
        } catch (ReflectiveOperationException
                | UnsupportedOperationException e) { // the latter if they are a disabled preview
            return Optional.empty();
        } catch (Throwable e) { // what the methods throw; they have no reason to
            throw new IllegalStateException(e);
        }
    }
}
