package io.github.lateststate.demo.server;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The file of the chart library contains another library. It is no dependency, so no list of licences names it. */
class NoticeTest {

    private static final Path NOTICE = Path.of("src", "main", "resources", "META-INF", "NOTICE");
    private static final Pattern BANNER = Pattern.compile("/\\*!(.*?)\\*/", Pattern.DOTALL);

    @Test
    void theNoticeIsTheProjectsAndThatOfEachLibraryInsideTheChartLibrary() throws IOException {
        String notice = Files.readString(NOTICE);
        List<String> banners = BANNER.matcher(chart())
                .results()
                .map(banner -> banner.group(1).replaceAll("(?m)^ \\* ?", "").strip())
                .toList();

        assertThat(notice).startsWith(Files.readString(Path.of("..", "NOTICE")));
        assertThat(banners).first().asString().startsWith("Chart.js");
        assertThat(banners).hasSize(2).last().asString().isSubstringOf(notice);
    }

    private static String chart() throws IOException {
        try (InputStream in = requireNonNull(
                NoticeTest.class.getResourceAsStream(WebJar.resource("chart.js", "dist/chart.umd.min.js")))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
