package io.github.lateststate.testing;

import java.lang.invoke.MethodType;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A class, or a member of one, that a class file refers to. A module that runs with several versions of a library checks
 * with this that each version has what the module was compiled against.
 *
 * @param from the class that refers to it, with slashes
 * @param owner the class, with slashes
 * @param name of the member; empty for the class
 * @param descriptor of the member; empty for the class
 */
public record Reference(String from, String owner, String name, String descriptor) {

    /** Everything that a module refers to, given one of its classes. */
    public static List<Reference> ofModule(Class<?> type) {
        return ClassFile.inModuleOf(type)
                .flatMap(file -> ClassFile.read(file).references().stream())
                .toList();
    }

    /** Whether one of these classes refers to it. */
    public boolean isFrom(Class<?>... types) {
        return Arrays.stream(types).anyMatch(type -> from.equals(withSlashes(type)));
    }

    /** Whether it is this member. */
    public boolean isTo(Class<?> type, String member) {
        return owner.equals(withSlashes(type)) && name.equals(member);
    }

    /** Whether the JVM can resolve it. */
    public boolean isThere() {
        try {
            Class<?> type =
                    Class.forName(owner.replace('/', '.'), false, getClass().getClassLoader());
            return name.isEmpty() || members(type).anyMatch(this::isMember);
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static String withSlashes(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private boolean isMember(Member member) {
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
    private static Stream<Member> members(Class<?> type) {
        Stream<Class<?>> above =
                Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()));
        Stream<Member> own = Stream.of(
                        type.getDeclaredFields(), type.getDeclaredMethods(), type.getDeclaredConstructors())
                .flatMap(Arrays::stream);
        return Stream.concat(own, above.flatMap(Reference::members));
    }
}
