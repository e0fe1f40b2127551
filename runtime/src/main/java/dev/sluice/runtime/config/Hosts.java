package dev.sluice.runtime.config;

import java.util.Set;

/** Which hosts of an address are this machine alone. */
final class Hosts {
    private static final Set<String> LOOPBACK = Set.of("localhost", "[::1]", "::1", "[0:0:0:0:0:0:0:1]");

    private Hosts() {}

    /** Without a look at a name server: another name may lead anywhere. */
    static boolean isLoopback(String host) {
        return LOOPBACK.contains(host) || host.matches("127(\\.\\d{1,3}){3}");
    }
}
