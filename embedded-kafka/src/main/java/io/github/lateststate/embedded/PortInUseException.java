package io.github.lateststate.embedded;

/** Something else listens on a port that a broker should use. The broker was not started. */
public final class PortInUseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The address. */
    private final String host;

    /** The port. */
    private final int port;

    PortInUseException(String host, int port, Throwable cause) {
        super(
                "Cannot listen on " + host + ":" + port
                        + ": the port is in use. Stop the program that listens there, choose another port,"
                        + " or choose port 0 to get a free one.",
                cause);
        this.host = host;
        this.port = port;
    }

    /**
     * Returns the address that is in use.
     *
     * @return a host name or address
     */
    public String host() {
        return host;
    }

    /**
     * Returns the port that is in use.
     *
     * @return the port
     */
    public int port() {
        return port;
    }
}
