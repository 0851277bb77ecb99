package io.github.lateststate.docs;

/** A fenced block of a page. */
record Snippet(String page, int line, String language, String code) {

    @Override
    public String toString() {
        return page + ":" + line;
    }
}
