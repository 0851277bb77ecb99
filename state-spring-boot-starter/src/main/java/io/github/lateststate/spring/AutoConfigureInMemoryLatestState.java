package io.github.lateststate.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Put on a test class, it takes the broker's place: each state follows a stream in memory, which the test writes to with
 * {@link InMemoryStreams}. What is configured of subscriber, settings and snapshot does not count.
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
