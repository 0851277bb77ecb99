package io.github.lateststate.benchmarks.report;

import java.util.List;

/**
 * What one benchmark has to say.
 *
 * @param title what was measured
 * @param method how, and how each peer was set up, in Markdown
 * @param tables the figures
 * @param plots the figures as pictures
 * @param goals what was to be reached
 */
public record Section(String title, String method, List<Table> tables, List<Plot> plots, List<Goal> goals) {}
