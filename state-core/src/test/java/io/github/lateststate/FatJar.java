package io.github.lateststate;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/**
 * Loads the library's classes and those of its tests again, and finds more services in a folder. No other class loader
 * does.
 */
public final class FatJar extends URLClassLoader {

    public FatJar(Path services) throws MalformedURLException {
        super(
                new URL[] {
                    services.toUri().toURL(),
                    LatestState.class.getProtectionDomain().getCodeSource().getLocation(),
                    FatJar.class.getProtectionDomain().getCodeSource().getLocation()
                },
                FatJar.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith("io.github.lateststate")) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? findClass(name) : loaded;
        }
    }
}
