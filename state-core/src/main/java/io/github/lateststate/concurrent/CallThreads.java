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

    /** Found once: a search for a class that the JVM lacks looks into every jar. */
    private static final Optional<VirtualThreads> VIRTUAL = VirtualThreads.find();

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
     * Virtual threads.
     *
     * @param name the name of each
     * @return makes virtual threads that inherit no thread-locals; empty if the JVM has none
     */
    public static Optional<ThreadFactory> virtual(String name) {
        return VIRTUAL.map(methods -> new ContextClassLoader().givenTo(methods.factory(name)));
    }

    /** The methods of {@code Thread.Builder.OfVirtual}. The library is compiled for a JVM without them. */
    private record VirtualThreads(MethodHandle builder, MethodHandle named, MethodHandle bare, MethodHandle factory) {

        static Optional<VirtualThreads> find() {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            try {
                Class<?> type = Class.forName("java.lang.Thread$Builder$OfVirtual");
                VirtualThreads found = new VirtualThreads(
                        lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(type)),
                        lookup.findVirtual(type, "name", MethodType.methodType(type, String.class)),
                        lookup.findVirtual(
                                type, "inheritInheritableThreadLocals", MethodType.methodType(type, boolean.class)),
                        lookup.findVirtual(type, "factory", MethodType.methodType(ThreadFactory.class)));
                found.factory("latest-state"); // throws if they are a disabled preview
                return Optional.of(found);
            } catch (ReflectiveOperationException | UnsupportedOperationException e) {
                return Optional.empty();
            }
        }

        ThreadFactory factory(String name) {
            try {
                return (ThreadFactory) factory.invoke(bare.invoke(named.invoke(builder.invoke(), name), false));
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) { // these methods declare no other
                throw new IllegalStateException(e);
            }
        }
    }
}
