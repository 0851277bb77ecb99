package io.github.lateststate.benchmarks.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page with all results, and its plots. The results are kept in files, so that one benchmark can run again and the
 * others stay. Not for use by several processes at once.
 */
public final class Page {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Path page;
    private final Path folder;

    /** A section, and the machine that it was measured on. */
    private record Result(String machine, Section section) {}

    /**
     * Prepares a page.
     *
     * @param page a file that ends with .md; plots and results go to the folder with the same name without the ending
     */
    public Page(Path page) {
        this.page = page.toAbsolutePath();
        String name = this.page.getFileName().toString();
        this.folder = this.page.resolveSibling(name.substring(0, name.lastIndexOf('.')));
    }

    /**
     * Takes the results of one benchmark and writes the page.
     *
     * @param order the names of all benchmarks, in the order of the page
     */
    public void put(String name, Section section, List<String> order) throws IOException {
        Map<String, Result> results = read();
        results.put(name, new Result(Machine.describe(), section));
        results.keySet().retainAll(order);
        Files.createDirectories(folder);
        JSON.writeValue(file().toFile(), results);
        StringBuilder text = new StringBuilder(head());
        for (String next : order) {
            Result result = results.get(next);
            if (result != null) {
                for (Plot plot : result.section().plots()) {
                    PlotFile.write(plot, folder);
                }
                append(text, result);
            }
        }
        Files.writeString(page, text);
    }

    private Map<String, Result> read() throws IOException {
        return Files.exists(file()) ? JSON.readValue(file().toFile(), new TypeReference<>() {}) : new LinkedHashMap<>();
    }

    private Path file() {
        return folder.resolve("results.json");
    }

    private static String head() {
        return """
                # Benchmarks

                [performance.md](performance.md) explains these figures and what the profiles show. The benchmarks write this page: do not edit it.
                This command runs every benchmark, which takes about an hour on two cores, and writes the page:

                ```bash
                mvn -q -DskipTests -Pbenchmarks verify
                ```

                `-Dbenchmarks.args="--only latest"` runs one of them again. A figure is a median, with the smallest and the greatest value in brackets unless stated
                otherwise. Everything that is compared was measured side by side in one run, in turns. Do not compare figures of different machines.
                """;
    }

    private void append(StringBuilder text, Result result) {
        Section section = result.section();
        text.append("\n## ").append(section.title()).append("\n\n");
        section.goals().forEach(goal -> text.append(goal.markdown()));
        section.plots()
                .forEach(plot -> text.append("\n![")
                        .append(plot.title())
                        .append("](")
                        .append(folder.getFileName())
                        .append('/')
                        .append(plot.name())
                        .append(".svg)\n"));
        section.tables().forEach(table -> text.append('\n').append(table.markdown()));
        text.append('\n').append(section.method().strip()).append("\n\n");
        text.append("Measured on ").append(result.machine()).append(".\n");
    }
}
