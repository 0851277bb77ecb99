package io.github.lateststate;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the code says to people, read from the sources with the parser of the JDK.
 *
 * <p>A message is a string expression of at least three words, whatever class it is passed to. An ellipsis stands for
 * what is known at run time only. A string inside of that, such as one branch of a conditional, is a message of its own
 * if it has three words. The text of a WARN or ERROR is a message even if it has fewer. These strings are not messages:
 *
 * <ul>
 *   <li>arguments of {@code requireNonNull} and {@code AssertionError}, which only a bug can show;
 *   <li>log lines at INFO and DEBUG;
 *   <li>what {@code toString} and {@code describe} return: they name a thing;
 *   <li>arguments of {@code contains}, {@code has} and {@code compile}: they match texts of others;
 *   <li>arguments of {@code gauge}, {@code counter} and {@code seconds}: they describe meters;
 *   <li>what the demos' commands print when all is well, with {@code say} and {@code println};
 *   <li>annotations, which describe commands.
 * </ul>
 */
final class MessagesInCode {

    private static final Set<String> CALLS_WITHOUT_MESSAGES = Set.of(
            "requireNonNull",
            "AssertionError",
            "info",
            "debug",
            "contains",
            "has",
            "compile",
            "gauge",
            "counter",
            "seconds",
            "say",
            "println");
    private static final Set<String> METHODS_WITHOUT_MESSAGES = Set.of("toString", "describe");
    private static final Set<String> LOGS = Set.of("warn", "error");
    private static final Pattern THREE_WORDS = Pattern.compile("(?s).*?\\p{L}+(\\P{L}*\\s\\P{L}*\\p{L}+){2}.*");

    private final Map<String, String> constants = new HashMap<>();
    private final SortedSet<String> messages = new TreeSet<>();

    private MessagesInCode() {}

    /** Returns each message of the sources in a folder. */
    static SortedSet<String> of(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<CompilationUnitTree> units = Repository.parsed(
                    all.filter(file -> file.toString().endsWith(".java")).toList());
            MessagesInCode found = new MessagesInCode();
            units.forEach(unit -> found.new Constants().scan(unit, null));
            units.forEach(unit -> found.new Messages().scan(unit, null));
            return found.messages;
        }
    }

    /** The name of a constant or variable, with the type of the file that is read. */
    private static String qualified(TreePathScanner<?, ?> reader, CharSequence name) {
        Path file = Path.of(
                reader.getCurrentPath().getCompilationUnit().getSourceFile().toUri());
        return file.getFileName().toString().replace(".java", ".") + name;
    }

    /** The constants of the same folder, which stand for their texts. */
    private final class Constants extends TreePathScanner<@Nullable Void, @Nullable Void> {

        @Override
        public @Nullable Void visitVariable(VariableTree variable, @Nullable Void none) {
            if (variable.getInitializer() instanceof LiteralTree literal && literal.getValue() instanceof String text) {
                constants.put(qualified(this, variable.getName()), text);
            }
            return super.visitVariable(variable, null);
        }
    }

    private final class Messages extends TreePathScanner<@Nullable Void, @Nullable Void> {

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
            return METHODS_WITHOUT_MESSAGES.contains(method.getName().toString())
                    ? null
                    : super.visitMethod(method, null);
        }

        @Override
        public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void none) {
            return CALLS_WITHOUT_MESSAGES.contains(name(call))
                    ? scan(call.getMethodSelect(), null)
                    : super.visitMethodInvocation(call, null);
        }

        @Override
        public @Nullable Void visitNewClass(NewClassTree made, @Nullable Void none) {
            return CALLS_WITHOUT_MESSAGES.contains(made.getIdentifier().toString())
                    ? null
                    : super.visitNewClass(made, null);
        }

        @Override
        public @Nullable Void visitBinary(BinaryTree sum, @Nullable Void none) {
            collect(sum);
            return super.visitBinary(sum, null);
        }

        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void none) {
            collect(literal);
            return null;
        }

        private void collect(ExpressionTree expression) {
            if (getCurrentPath().getParentPath().getLeaf().getKind() != Tree.Kind.PLUS) {
                String message = text(expression)
                        .replace("{}", "…")
                        .replaceAll("…+", "…")
                        .strip();
                if (isLogged(expression) || THREE_WORDS.matcher(message).matches()) {
                    messages.add(message);
                }
            }
        }

        /** Whether it is the text of a WARN or ERROR, which is a message whatever its length. */
        private boolean isLogged(ExpressionTree expression) {
            return getCurrentPath().getParentPath().getLeaf() instanceof MethodInvocationTree call
                    && call.getArguments().get(0).equals(expression)
                    && LOGS.contains(name(call));
        }

        private String name(MethodInvocationTree call) {
            ExpressionTree called = call.getMethodSelect();
            return called instanceof MemberSelectTree member
                    ? member.getIdentifier().toString()
                    : called.toString();
        }

        private String text(Tree expression) {
            if (expression instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
                return text(sum.getLeftOperand()) + text(sum.getRightOperand());
            }
            if (expression instanceof LiteralTree literal) {
                return String.valueOf(literal.getValue());
            }
            String name = expression.toString();
            return constants.getOrDefault(name.contains(".") ? name : qualified(this, name), "…");
        }
    }
}
