package io.github.lateststate.testing;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a class refers to. It reads the constant pool of the class file; see chapter 4.4 of the JVM specification.
 *
 * @param references all classes, methods and fields
 */
record ClassFile(List<Reference> references) {

    private static final int MAGIC_AND_VERSION = 8;

    /** The class files in the folder that a class comes from. */
    static Stream<Path> inModuleOf(Class<?> type) {
        try {
            Path root = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".class")).toList().stream();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("Cannot list the classes beside " + type, e);
        }
    }

    static ClassFile read(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            return new ClassFile(references(in));
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private static List<Reference> references(DataInputStream in) throws IOException {
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        int[] classes = new int[count];
        int[][] namesAndTypes = new int[count][];
        List<int[]> members = new ArrayList<>();
        for (int i = 1; i < count; i++) {
            int tag = in.readUnsignedByte();
            switch (tag) {
                case 1 -> texts[i] = in.readUTF();
                case 7 -> classes[i] = in.readUnsignedShort();
                case 9, 10, 11 -> members.add(pair(in));
                case 12 -> namesAndTypes[i] = pair(in);
                case 3, 4, 17, 18 -> in.skipNBytes(4);
                case 8, 16, 19, 20 -> in.skipNBytes(2);
                case 15 -> in.skipNBytes(3);
                case 5, 6 -> {
                    in.skipNBytes(8);
                    i++; // it takes two entries
                }
                default -> throw new IOException("tag " + tag);
            }
        }
        in.skipNBytes(2); // the access flags
        String self = texts[classes[in.readUnsignedShort()]];
        return Stream.concat(
                        Arrays.stream(classes)
                                .filter(name -> name > 0)
                                .mapToObj(name -> new Reference(self, texts[name], "", "")),
                        members.stream().map(member -> {
                            int[] nameAndType = namesAndTypes[member[1]];
                            return new Reference(
                                    self, texts[classes[member[0]]], texts[nameAndType[0]], texts[nameAndType[1]]);
                        }))
                .toList();
    }

    private static int[] pair(DataInputStream in) throws IOException {
        return new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
    }
}
