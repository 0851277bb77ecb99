/**
 * The subscriber for Kafka. Callers need nothing from here: {@code subscriber("kafka")} finds it on the class path, and its
 * settings are those of a Kafka consumer and the few that {@link io.github.lateststate.kafka.KafkaSubscriber} lists.
 *
 * <p>For those who work on it: {@code KafkaSubscription} owns the thread, {@code KafkaSession} is one connection's life
 * (discover, look back, follow), {@code LookBack} is the search for the last record of one partition, and
 * {@code TopicProbe} asks the broker for the truth, since a consumer's empty poll says nothing.
 */
@NullMarked
package io.github.lateststate.kafka;

import org.jspecify.annotations.NullMarked;
