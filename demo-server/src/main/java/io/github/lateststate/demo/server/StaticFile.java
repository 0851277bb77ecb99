package io.github.lateststate.demo.server;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file from the jar. A browser may cache it, but must ask each time whether it has changed. */
final class StaticFile implements Handler {

    private final byte[] content;
    private final String type;
    private final EntityTag tag;

    private StaticFile(byte[] content, String type, EntityTag tag) {
        this.content = content;
        this.type = type;
        this.tag = tag;
    }

    static StaticFile of(String resource, String type) {
        try (InputStream in = StaticFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing in the jar.");
            }
            byte[] content = in.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new StaticFile(content, type, new EntityTag(HexFormat.of().formatHex(digest, 0, 16)));
        } catch (IOException | NoSuchAlgorithmException e) {
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
