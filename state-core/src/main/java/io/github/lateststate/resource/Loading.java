package io.github.lateststate.resource;

import io.github.lateststate.Current;
import java.time.InstantSource;

/** Makes a resource from a value, and validates it before any reader gets it. */
final class Loading<T, R> {

    private final Loader<? super T, ? extends R> loader;
    private final Validator<? super R> validator;
    private final Disposals<T, R> disposals;
    private final InstantSource clock;

    Loading(
            Loader<? super T, ? extends R> loader,
            Validator<? super R> validator,
            Disposals<T, R> disposals,
            InstantSource clock) {
        this.loader = loader;
        this.validator = validator;
        this.disposals = disposals;
        this.clock = clock;
    }

    /** Returns a resource that can be put into service now. */
    Held<T, R> load(Current<T> current, T value) throws Exception {
        R resource = loader.load(value);
        if (resource == null) {
            throw new IllegalStateException("the loader returned null");
        }
        try {
            validator.validate(resource);
        } catch (Throwable e) {
            disposals.dispose(resource);
            throw e;
        }
        return disposals.hold(resource, current, clock.instant());
    }
}
