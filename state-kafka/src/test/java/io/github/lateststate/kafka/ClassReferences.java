package io.github.lateststate.kafka;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
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
record ClassReferences(List<Reference> references) {

    /**
     * A class, or a member of one.
     *
     * @param owner the class, with slashes
     * @param name of the member; empty for the class
     * @param descriptor of the member; empty for the class
     */
    record Reference(String owner, String name, String descriptor) {

        boolean isTo(Class<?> type, String member) {
            return owner.equals(type.getName().replace('.', '/')) && name.equals(member);
        }

        /** Whether the JVM can resolve it. */
        boolean isThere() {
            try {
                Class<?> type =
                        Class.forName(owner.replace('/', '.'), false, getClass().getClassLoader());
                return name.isEmpty() || members(type).anyMatch(this::isMember);
            } catch (ClassNotFoundException | LinkageError e) {
                return false;
            }
        }

        private boolean isMember(java.lang.reflect.Member member) {
            if (member instanceof Field field) {
                return field.getName().equals(name)
                        && field.getType().descriptorString().equals(descriptor);
            }
            String called = member instanceof Method ? member.getName() : "<init>";
            Class<?> returned = member instanceof Method method ? method.getReturnType() : void.class;
            return called.equals(name)
                    && MethodType.methodType(returned, ((Executable) member).getParameterTypes())
                            .descriptorString()
                            .equals(descriptor);
        }

        /** The members of the class and of everything that it inherits from. */
        private static Stream<java.lang.reflect.Member> members(Class<?> type) {
            Stream<Class<?>> above =
                    Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
            Stream<java.lang.reflect.Member> own = Stream.of(
                            type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                    .flatMap(Arrays::stream);
            return Stream.concat(own, above.flatMap(Reference::members));
        }
    }

    private static final int MAGIC_AND_VERSION = 8;

    /** Reads a class file. */
    static ClassReferences of(Path file) {
        try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
            in.skipNBytes(MAGIC_AND_VERSION);
            return new ClassReferences(references(in));
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
        return Stream.concat(
                        Arrays.stream(classes)
                                .filter(name -> name > 0)
                                .mapToObj(name -> new Reference(texts[name], "", "")),
                        members.stream().map(member -> {
                            int[] nameAndType = namesAndTypes[member[1]];
                            return new Reference(
                                    texts[classes[member[0]]], texts[nameAndType[0]], texts[nameAndType[1]]);
                        }))
                .toList();
    }

    private static int[] pair(DataInputStream in) throws IOException {
        return new int[] {in.readUnsignedShort(), in.readUnsignedShort()};
    }
}
