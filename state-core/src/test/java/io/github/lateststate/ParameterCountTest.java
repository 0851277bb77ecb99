package io.github.lateststate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.util.SortedSet;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A method or constructor with too many parameters does too much, or hides a type that has no name yet. */
class ParameterCountTest {

    private static final int MOST_PARAMETERS = 6;

    @Test
    void noMethodConstructorOrRecordHasTooManyParameters() throws IOException {
        TooMany tooMany = new TooMany();
        Repository.parsed(Repository.javaFiles("src")).forEach(unit -> tooMany.scan(unit, null));
        assertThat(tooMany.names).isEmpty();
    }

    private static final class TooMany extends TreeScanner<@Nullable Void, @Nullable Void> {

        private final SortedSet<String> names = new TreeSet<>();
        private String type = "";

        @Override
        public @Nullable Void visitClass(ClassTree tree, @Nullable Void none) {
            String outer = type;
            type = outer + "." + tree.getSimpleName();
            if (tree.getKind() == Tree.Kind.RECORD) {
                count(
                        "",
                        tree.getMembers().stream().filter(TooMany::isComponent).count());
            }
            super.visitClass(tree, null);
            type = outer;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree tree, @Nullable Void none) {
            count("." + tree.getName(), tree.getParameters().size());
            return super.visitMethod(tree, null);
        }

        /** A record has no other fields of its instances. */
        private static boolean isComponent(Tree member) {
            return member instanceof VariableTree field
                    && !field.getModifiers().getFlags().contains(Modifier.STATIC);
        }

        private void count(String method, long parameters) {
            if (parameters > MOST_PARAMETERS) {
                names.add(type + method + ": " + parameters);
            }
        }
    }
}
