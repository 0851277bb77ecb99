/**
 * The subscriber for Kafka. Callers need nothing from here: {@code subscriber("kafka")} finds it on the class path. Its
 * settings are those of a Kafka consumer and the few that {@link io.github.lateststate.kafka.KafkaSubscriber} lists.
 *
 * <p>For contributors: {@code KafkaSubscription} drives the steps (find, look back, follow), and {@code KafkaSession}
 * performs them. {@code LookBack} searches for the last record of one partition. {@code Following} is the thread and the
 * consumer that follow. {@code LookBackProbe} asks the broker, because a consumer's empty poll proves nothing.
 */
@NullMarked
package io.github.lateststate.kafka;

import org.jspecify.annotations.NullMarked;
