package io.github.lateststate.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The sentences of the pages are short. The prose linter ends a sentence at each line break and decimal point, so it checks only the
 * Javadoc.
 */
class SentencesTest {

    private static final Pattern MOST = Pattern.compile("max: (\\d+)");
    private static final Pattern BLOCK = Pattern.compile("^ *```.*?^ *```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern TABLE_OR_HEADING = Pattern.compile("^(?:\\||#).*$", Pattern.MULTILINE);
    private static final Pattern PARAGRAPH_END = Pattern.compile("\\n\\s*\\n|\\n(?= *(?:[-*>]|\\d+\\.) )");
    private static final Pattern LIST_ITEM = Pattern.compile("^(?:[-*>]|\\d+\\.) +");
    private static final Pattern CODE = Pattern.compile("`[^`]*`");
    private static final Pattern LINK = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern SENTENCE_END = Pattern.compile("(?<=[.!?])[\")*]*\\s+");

    @Test
    void noSentenceOfAPageIsLongerThanTheLinterAllows() throws IOException {
        int most = mostWords();

        assertThat(Pages.all())
                .allSatisfy(page -> assertThat(sentences(Text.of(page)))
                        .filteredOn(sentence -> words(sentence) > most)
                        .as("too long in %s", Pages.name(page))
                        .isEmpty());
    }

    @Test
    void aSentenceGoesOnAfterALineBreakAndADecimalPoint() {
        assertThat(
                        sentences(
                                "One of `a. b`\nis 2.1. Two\n- three\n\n```\nno. prose\n```\n| no prose |\n[four](x.md). *Five.*\n"))
                .containsExactly("One of code is 2.1.", "Two", "three", "four.", "*Five.*");
    }

    private static int mostWords() {
        Matcher most = MOST.matcher(Text.of(Pages.ROOT.resolve("site/sentences.yml")));
        assertThat(most.find()).isTrue();
        return Integer.parseInt(most.group(1));
    }

    private static List<String> sentences(String page) {
        String prose =
                TABLE_OR_HEADING.matcher(BLOCK.matcher(page).replaceAll("")).replaceAll("");
        String text = LINK.matcher(CODE.matcher(prose).replaceAll("code")).replaceAll("$1");
        return PARAGRAPH_END
                .splitAsStream(text)
                .flatMap(paragraph -> SENTENCE_END.splitAsStream(oneLine(paragraph)))
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    private static String oneLine(String paragraph) {
        return LIST_ITEM.matcher(paragraph.strip()).replaceFirst("").replaceAll("\\s+", " ");
    }

    private static int words(String sentence) {
        return sentence.split(" ", -1).length;
    }
}
