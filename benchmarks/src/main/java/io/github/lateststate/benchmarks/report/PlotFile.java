package io.github.lateststate.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Draws a plot as SVG. */
final class PlotFile {

    /**
     * Colours that also differ in lightness, for people who see no colours. All but the last are after Okabe and Ito.
     */
    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xE69F00),
            new Color(0x009E73),
            new Color(0xD55E00),
            new Color(0x56B4E9),
            new Color(0xCC79A7),
            new Color(0x555555),
            new Color(0x000000),
            new Color(0x8C564B));

    private PlotFile() {}

    static void write(Plot plot, Path folder) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(980)
                .height(460)
                .title(plot.title())
                .xAxisTitle(plot.x())
                .yAxisTitle(plot.y())
                .build();
        chart.getStyler()
                .setXAxisLogarithmic(plot.logarithmic() && isWide(plot))
                .setYAxisLogarithmic(plot.logarithmic())
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendLayout(LegendLayout.Vertical)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15))
                .setLegendBorderColor(Color.WHITE);
        chart.getStyler()
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(new Color(0xDDDDDD))
                .setPlotGridLinesStroke(new BasicStroke(0.5f)) // dashes would make the file ten times as large
                .setMarkerSize(7);
        for (int i = 0; i < plot.lines().size(); i++) {
            Plot.Line line = plot.lines().get(i);
            XYSeries series = chart.addSeries(line.name(), line.x(), line.y());
            Color colour = COLOURS.get(i % COLOURS.size());
            series.setLineColor(colour);
            series.setMarkerColor(colour);
            series.setLineStyle(new BasicStroke(i == 0 ? 3.5f : 1.8f));
        }
        Files.createDirectories(folder);
        try (OutputStream file = Files.newOutputStream(folder.resolve(plot.name() + ".svg"))) {
            ChartEncoder.saveChart(chart, file, "svg");
        }
    }

    /** Only the powers of ten are labelled on a logarithmic axis. */
    private static boolean isWide(Plot plot) {
        DoubleSummaryStatistics x = plot.lines().stream()
                .flatMap(line -> line.x().stream())
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return x.getMax() >= 10 * x.getMin();
    }
}
