package io.github.lateststate.demo.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.BadRequestResponse;
import java.io.IOException;
import java.util.Iterator;

/** Reads the flower that a client asks about. Errors name the field that is wrong. */
final class FlowerJson {

    private static final double LONGEST = 100;
    private static final String EXAMPLE =
            "{\"sepalLength\":5.1,\"sepalWidth\":3.5,\"petalLength\":1.4,\"petalWidth\":0.2}";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FlowerJson() {}

    /**
     * Takes a JSON object with the four measurements, and nothing else.
     *
     * @throws BadRequestResponse if it is anything else; the message names the field
     */
    static Flower read(byte[] body) {
        JsonNode json = parsed(body);
        if (!json.isObject()) {
            throw new BadRequestResponse("The body is not a JSON object: send for example " + EXAMPLE);
        }
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!Flower.FEATURES.contains(name)) {
                throw new BadRequestResponse(
                        "'" + name + "' is not a measurement: send " + String.join(", ", Flower.FEATURES));
            }
        }
        return new Flower(
                length(json, "sepalLength"),
                length(json, "sepalWidth"),
                length(json, "petalLength"),
                length(json, "petalWidth"));
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new BadRequestResponse("The body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BadRequestResponse("The body cannot be read");
        }
    }

    private static double length(JsonNode json, String name) {
        JsonNode node = json.path(name);
        if (node.isMissingNode()) {
            throw new BadRequestResponse("'" + name + "' is missing: send for example " + EXAMPLE);
        }
        double value = node.doubleValue();
        if (!node.isNumber() || !(value > 0 && value <= LONGEST)) {
            throw new BadRequestResponse(
                    "'" + name + "' is " + node + ": send a number of cm, more than 0 and at most 100");
        }
        return value;
    }
}
