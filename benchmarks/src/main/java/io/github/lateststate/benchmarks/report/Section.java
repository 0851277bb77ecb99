package io.github.lateststate.benchmarks.report;

import java.util.List;

/**
 * The results of one benchmark.
 *
 * @param title what was measured
 * @param method how, and how each peer was set up, in Markdown
 * @param tables the figures
 * @param plots the figures as charts
 * @param goals the goals
 */
public record Section(String title, String method, List<Table> tables, List<Plot> plots, List<Goal> goals) {}
