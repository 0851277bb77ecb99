package com.example;

import io.micronaut.context.annotation.EachProperty;
import io.micronaut.context.annotation.Parameter;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.core.convert.format.MapFormat;
import io.micronaut.core.convert.format.MapFormat.MapTransformation;
import io.micronaut.core.naming.conventions.StringConvention;
import java.time.Duration;
import java.util.Map;

/**
 * What is configured for one state, under {@code latest-state.states.<name>}.
 *
 * @param settings settings of the broker's client, under its own names; do not log them, one may be a password
 */
@EachProperty("latest-state.states")
record StateProperties(
        @Parameter String name,
        String subscriber,
        String stream,
        @Nullable Duration awaitReady,
        @MapFormat(transformation = MapTransformation.FLAT, keyFormat = StringConvention.RAW)
                Map<String, String> settings) {}
