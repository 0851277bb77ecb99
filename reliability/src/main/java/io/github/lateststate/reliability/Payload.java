package io.github.lateststate.reliability;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.lateststate.Origin;

/**
 * The content of a record.
 *
 * @param log the log that it was written to
 * @param serial its number in the book
 * @param readable whether decoders accept it
 */
record Payload(int log, long serial, boolean readable) {

    byte[] bytes() {
        return (log + " " + serial + " " + readable).getBytes(US_ASCII);
    }

    static Shown decode(byte[] bytes, Origin origin) {
        String[] words = new String(bytes, US_ASCII).split(" ", -1);
        if (!Boolean.parseBoolean(words[2])) {
            throw new IllegalArgumentException("written to be rejected");
        }
        return new Shown(Long.parseLong(words[1]), Place.of(Integer.parseInt(words[0]), origin.position()));
    }
}
