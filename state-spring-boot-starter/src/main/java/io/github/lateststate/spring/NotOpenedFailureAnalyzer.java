package io.github.lateststate.spring;

import io.github.lateststate.InvalidSettingException;
import io.github.lateststate.SubscriberNotFoundException;
import java.util.List;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to do if a state cannot be opened. */
final class NotOpenedFailureAnalyzer extends AbstractFailureAnalyzer<StateNotOpenedException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, StateNotOpenedException failure) {
        return new FailureAnalysis(failure.getMessage(), action(failure), failure);
    }

    private String action(StateNotOpenedException failure) {
        Throwable cause = failure.getCause();
        if (cause != null && findCause(cause, LinkageError.class) != null) {
            return "The client of the broker on the class path is missing or too old: look at it with mvn"
                    + " dependency:tree. docs/compatibility.md names the oldest one. For Kafka set the property"
                    + " kafka.version of Spring Boot.";
        }
        if (cause instanceof ChooseSubscriberException choose) {
            return choose(failure, choose.candidates());
        }
        if (cause instanceof SubscriberNotFoundException) {
            return "Add the artifact of the subscriber, such as io.github.lateststate:state-kafka, or correct "
                    + failure.property() + ".subscriber.";
        }
        if (cause instanceof JacksonMissingException) {
            return "Add spring-boot-starter-jackson, or spring-boot-starter-json on Spring Boot 3.5. Or use a decoder of your own"
                    + " instead of json.";
        }
        if (cause instanceof IllegalStateException) {
            return "If the version of kafka-clients is refused, set Spring Boot's property kafka.version. If the version of"
                    + " the AWS SDK is, import its BOM as the message says.";
        }
        if (cause instanceof InvalidSettingException invalid) {
            return invalid(failure, invalid.setting());
        }
        return "Correct what is configured under " + failure.property() + ".";
    }

    private static String choose(StateNotOpenedException failure, List<String> candidates) {
        return candidates.isEmpty()
                ? "Add io.github.lateststate:state-kafka or io.github.lateststate:state-kinesis to the class path."
                : "Set " + failure.property() + ".subscriber to one of them.";
    }

    private static String invalid(StateNotOpenedException failure, String setting) {
        if (setting.startsWith("latest-state.")) {
            return "Add " + setting + ".stream, or correct the name.";
        }
        if (setting.equals("stream")) {
            return "Set " + failure.property() + ".stream to the topic or stream.";
        }
        if (setting.equals("bootstrap.servers")) {
            return "Set spring.kafka.bootstrap-servers, which needs spring-boot-starter-kafka, or " + failure.property()
                    + ".settings.bootstrap.servers.";
        }
        return "Correct or remove " + failure.property() + ".settings." + setting
                + ". If it is not there, it comes from spring.kafka.";
    }
}
