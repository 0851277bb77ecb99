/**
 * The subscriber for Kinesis. Callers need at most {@link io.github.lateststate.kinesis.KinesisSubscriber}:
 * {@code subscriber("kinesis")} finds it on the class path, and you create an instance only to pass a client.
 *
 * <p>For contributors: {@code KinesisSubscription} owns the client and one thread, the {@code Loop}, on which
 * everything else runs and nothing waits. {@code StreamSession} finds the stream and notices when it is another one.
 * {@code FollowedShards} reads its shards. Classes that know no client and no clock decide what to call next in a
 * shard, and how to treat the answer: {@code ShardReader}, {@code LookBack}, {@code WindowPlan}, {@code Pace},
 * {@code Lineage}. {@code ShardPoller} and {@code ShardSubscription} make the calls. {@code FanOut} keeps the consumer
 * of enhanced fan-out.
 */
@NullMarked
package io.github.lateststate.kinesis;

import org.jspecify.annotations.NullMarked;
