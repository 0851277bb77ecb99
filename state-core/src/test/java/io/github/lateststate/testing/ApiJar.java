package io.github.lateststate.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A jar of the compiled API classes. The same classes always give the same jar, byte for byte. */
final class ApiJar {

    private static final LocalDateTime ANY_TIME = LocalDateTime.of(2000, 1, 1, 0, 0);

    private ApiJar() {}

    static void write(List<Class<?>> types, Path jar) throws IOException {
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Class<?> type : types) {
                String file = type.getName().replace('.', '/') + ".class";
                ZipEntry entry = new ZipEntry(file);
                entry.setTimeLocal(ANY_TIME);
                out.putNextEntry(entry);
                try (InputStream in = type.getResourceAsStream("/" + file)) {
                    in.transferTo(out);
                }
            }
        }
    }
}
