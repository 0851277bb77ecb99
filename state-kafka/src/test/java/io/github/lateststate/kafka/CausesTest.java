package io.github.lateststate.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void anExceptionThatAFutureWrapsIsUnwrapped() {
        Throwable cause = new TimeoutException("late");
        assertThat(Causes.of(new CompletionException(new ExecutionException(cause))))
                .isSameAs(cause);
    }

    @Test
    void anExceptionWithoutAWrapperStaysAsItIs() {
        Throwable cause = new KafkaException("partition 3", new TimeoutException("late"));
        assertThat(Causes.of(cause)).isSameAs(cause);
        Throwable hollow = new CompletionException(null);
        assertThat(Causes.of(hollow)).isSameAs(hollow);
    }

    @Test
    void causesThatAreACircleAreReadOnce() {
        KafkaException one = new KafkaException("one");
        KafkaException other = new KafkaException("other", one);
        one.initCause(other);
        assertThat(Causes.described(one)).isEqualTo(one + ", because of " + other);
        assertThat(Unreadable.batch(one)).isEmpty();
        assertThat(Redaction.of("password", "s3cret").of((Throwable) one)).isSameAs(one);
    }

    @Test
    void wrongCredentialsAndMissingRightsAreDenials() {
        assertThat(Causes.isDenied(new SaslAuthenticationException("no"))).isTrue();
        assertThat(Causes.isDenied(new SslAuthenticationException("no"))).isTrue();
        assertThat(Causes.isDenied(new KafkaException("partition 3", new TopicAuthorizationException("models"))))
                .isTrue();
        assertThat(Causes.isDenied(new TimeoutException("late"))).isFalse();
    }

    @Test
    void aMissingTopicIsFoundBehindAnExceptionThatNamesThePartition() {
        assertThat(Causes.isTopicMissing(new KafkaException("partition 3", new UnknownTopicOrPartitionException("?"))))
                .isTrue();
        assertThat(Causes.isTopicMissing(new KafkaException("partition 3"))).isFalse();
    }
}
