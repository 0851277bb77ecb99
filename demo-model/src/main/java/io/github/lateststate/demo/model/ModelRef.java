package io.github.lateststate.demo.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.lateststate.Decoder;
import io.github.lateststate.json.JsonDecoder;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One message of the stream: the version of a model, its address, and its checksum. A message without these is rejected. */
record ModelRef(String version, URI uri, String sha256) {

    static final Pattern VERSION = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Set<String> SCHEMES = Set.of("file", "http", "https");
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    ModelRef(
            @JsonProperty("version") @Nullable String version,
            @JsonProperty("uri") @Nullable URI uri,
            @JsonProperty("sha256") @Nullable String sha256) {
        this.version = checked("version", version, VERSION);
        this.uri = checked(uri);
        this.sha256 = checked("sha256", sha256, SHA256);
    }

    static Decoder<ModelRef> decoder() {
        return JsonDecoder.of(JSON, ModelRef.class);
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String checked(String field, @Nullable String value, Pattern expected) {
        if (value == null || !expected.matcher(value).matches()) {
            throw new IllegalArgumentException(field + " is " + value + ", which is not " + expected.pattern());
        }
        return value;
    }

    private static URI checked(@Nullable URI uri) {
        String scheme =
                uri == null || uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (uri == null || !SCHEMES.contains(scheme)) {
            throw new IllegalArgumentException("uri is " + uri + ": only file, http and https are fetched");
        }
        boolean local = scheme.equals("file");
        if (uri.isOpaque() || local != (uri.getAuthority() == null)) {
            throw new IllegalArgumentException("uri is " + uri + ": write file:/path or http://host/path");
        }
        return uri;
    }
}
