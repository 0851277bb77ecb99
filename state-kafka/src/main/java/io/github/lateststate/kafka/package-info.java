/**
 * The subscriber for Kafka. Callers need nothing from here: {@code subscriber("kafka")} finds it on the class path, and its
 * settings are those of a Kafka consumer and the few that {@link io.github.lateststate.kafka.KafkaSubscriber} lists.
 *
 * <p>For those who work on it: {@code KafkaSubscription} drives the steps (find, look back, follow), {@code KafkaSession} does them,
 * {@code Following} is the thread and the consumer that follow, {@code LookBack} is the search for the last record of one partition, and
 * {@code TopicProbe} asks the broker for the truth, since a consumer's empty poll says nothing.
 */
@NullMarked
package io.github.lateststate.kafka;

import org.jspecify.annotations.NullMarked;
