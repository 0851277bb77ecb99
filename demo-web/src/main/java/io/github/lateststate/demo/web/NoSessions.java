package io.github.lateststate.demo.web;

import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.session.ManagedSession;
import org.jspecify.annotations.Nullable;

/** Opens no session for any client: each would stay in memory, and no route needs one. */
final class NoSessions extends SessionHandler {

    @Override
    public void newSession(Request request, @Nullable String requestedId, Consumer<ManagedSession> whenOpened) {
        throw new IllegalStateException("This server keeps no sessions");
    }
}
