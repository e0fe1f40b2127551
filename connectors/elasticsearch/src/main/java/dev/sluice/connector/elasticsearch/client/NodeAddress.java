package dev.sluice.connector.elasticsearch.client;

/**
 * Where a node listens.
 *
 * @param scheme {@code http} or {@code https}
 * @param host its name or address; one of IPv6 in brackets
 * @param port its port, or -1 for that of the scheme
 */
public record NodeAddress(String scheme, String host, int port) {
    /** Returns the address, always with the port. */
    public String url() {
        int shownPort = port >= 0 ? port : "https".equals(scheme) ? 443 : 80;
        return scheme + "://" + host + ":" + shownPort;
    }

    @Override
    public String toString() {
        return url();
    }
}
