package io.github.lateststate.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Replaces the broker in a test: each state follows a stream in memory, which the test writes to with
 * {@link InMemoryStreams}. The configured subscriber, settings and snapshot are ignored.
 *
 * <pre>{@code
 * @SpringBootTest
 * @AutoConfigureInMemoryLatestState
 * class PredictionTest {
 *     @Autowired InMemoryStreams streams;
 * }
 * }</pre>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration(InMemoryLatestStateAutoConfiguration.class)
public @interface AutoConfigureInMemoryLatestState {}
