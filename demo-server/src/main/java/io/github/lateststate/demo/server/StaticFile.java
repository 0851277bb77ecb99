package io.github.lateststate.demo.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** A file from the jar. A browser may cache it, but must ask each time whether it has changed. */
final class StaticFile implements Handler {

    private final byte[] content;
    private final String type;
    private final EntityTag tag;

    private StaticFile(byte[] content, String type) {
        this.content = content;
        this.type = type;
        this.tag = tag(content);
    }

    static StaticFile of(String resource, String type) {
        return new StaticFile(content(resource), type);
    }

    /** A text file that is completed once, at the start. */
    static StaticFile of(String resource, String type, UnaryOperator<String> completed) {
        return new StaticFile(
                completed.apply(new String(content(resource), UTF_8)).getBytes(UTF_8), type);
    }

    private static byte[] content(String resource) {
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing in the jar.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EntityTag tag(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new EntityTag(HexFormat.of().formatHex(digest, 0, 16));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void handle(Context ctx) throws IOException {
        // weak, because it is sent compressed or not
        ctx.header(Header.ETAG, "W/" + tag);
        ctx.res().addHeader(Header.VARY, Header.ACCEPT_ENCODING);
        ctx.header(Header.CACHE_CONTROL, "no-cache");
        if (tag.isAmong(ctx.header(Header.IF_NONE_MATCH))) {
            NotModified.answer(ctx);
        } else {
            ctx.contentType(type);
            ctx.result(content);
        }
    }
}
