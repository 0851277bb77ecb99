package io.github.lateststate.demo.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.lateststate.testing.InMemorySubscriber;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictTest {

    @TempDir
    private Path folder;

    private final InMemorySubscriber broker = new InMemorySubscriber();
    private TestApi api;

    @BeforeEach
    void startApi() {
        api = new TestApi(broker, folder);
    }

    @AfterEach
    void stopApi() {
        api.close();
    }

    @Test
    void anAnswerHasTheVersionThePredictionAndTheProbabilitiesOfExactlyThatVersion() throws Exception {
        serve();

        HttpResponse<String> response = api.predict(TestApi.SETOSA);

        assertThat(response.statusCode()).isEqualTo(200);
        JsonNode answer = TestApi.json(response);
        assertThat(answer.path("version").textValue()).isEqualTo("7");
        assertThat(answer.path("prediction").textValue()).isEqualTo("setosa");
        Artifacts.classifier(7)
                .probabilities(new Flower(5.1, 3.5, 1.4, 0.2))
                .forEach((species, probability) -> assertThat(
                                answer.path("probabilities").path(species).doubleValue())
                        .isEqualTo(probability));
    }

    @Test
    void theModelIsShownWithItsChecksumAndItsStart() throws Exception {
        ModelRef ref = serve();

        JsonNode model = TestApi.json(api.get("/model"));

        assertThat(model.path("version").textValue()).isEqualTo("7");
        assertThat(model.path("sha256").textValue()).isEqualTo(ref.sha256());
        assertThat(Instant.parse(model.path("since").textValue())).isBeforeOrEqualTo(Instant.now());
    }

    @Test
    void withoutAModelNothingIsPredictedAndTheReasonIsGiven() throws Exception {
        for (HttpResponse<String> response : List.of(api.predict(TestApi.SETOSA), api.get("/model"))) {
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("application/problem+json");
            assertThat(TestApi.json(response).path("detail").textValue())
                    .startsWith("No model yet: no message has named one. The stream 'models': LIVE since ");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|The body is not a JSON object",
                "[]|The body is not a JSON object",
                "{|The body is not JSON: ",
                "{} {}|The body is not JSON: ",
                "{}|'sepalLength' is missing",
                "{'sepalLength':1,'sepalWidth':1,'petalLength':1}|'petalWidth' is missing",
                "{'sepalLength':1,'sepalWidth':1,'petalLength':1,'petalWidth':null}|'petalWidth' is null",
                "{'sepalLength':1,'sepalWidth':'1','petalLength':1,'petalWidth':1}|'sepalWidth' is \"1\"",
                "{'sepalLength':0,'sepalWidth':1,'petalLength':1,'petalWidth':1}|'sepalLength' is 0",
                "{'sepalLength':1,'sepalWidth':1,'petalLength':-1,'petalWidth':1}|'petalLength' is -1",
                "{'sepalLength':1,'sepalWidth':1,'petalLength':1e999,'petalWidth':1}|'petalLength' is ",
                "{'sepalLength':1,'sepalWidth':1,'petalLength':1,'petalWidth':1,'colour':1}|'colour' is not a measurement",
                "{'sepalLength':1,'sepalLength':1}|Duplicate field 'sepalLength'"
            })
    void theAnswerToABadRequestNamesTheField(String body, String because) throws Exception {
        serve();

        HttpResponse<String> response = api.predict(body.replace('\'', '"'));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(TestApi.json(response).path("detail").textValue()).contains(because);
    }

    @Test
    void aBodyThatIsTooLongIsNotReadAndTheLimitIsNamed() throws Exception {
        serve();

        HttpResponse<String> response = api.predict(" ".repeat(20_000) + TestApi.SETOSA);

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(TestApi.json(response).path("detail").textValue())
                .isEqualTo("The body is longer than the limit of 10000 bytes");
    }

    @Test
    void predictIsRefusedForGet() throws Exception {
        HttpResponse<String> response = api.request("GET", "/predict", BodyPublishers.noBody());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("POST");
        assertThat(TestApi.json(response).path("detail").textValue())
                .isEqualTo("GET is not allowed here: only POST is.");
    }

    @Test
    void aMethodCannotBeReplacedAndAWebSocketOpensNoSession() throws Exception {
        serve();

        assertThat(api.getWith("/predict", "X-HTTP-Method-Override", "POST").statusCode())
                .isEqualTo(405);
        HttpResponse<String> response = api.getWith("/model", "X-HTTP-Method-Override", "DELETE");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        response = api.getWith("/model", "Sec-WebSocket-Version", "13");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private ModelRef serve() {
        ModelRef ref = new Artifacts(folder).version("7", 7);
        broker.push(ref.json());
        await().until(() -> api.get("/model").statusCode() == 200);
        return ref;
    }
}
