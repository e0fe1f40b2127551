package dev.sluice.runtime.rest.access;

import java.util.Locale;

/** What a user may do over REST; each role may do what those before it may. */
public enum Role {
    /** Nobody need be known: the probes of a supervisor. No user has this role. */
    ANYONE,
    /** Look at everything. Secrets are masked. */
    READ,
    /** Pause, resume, stop and restart what is configured. */
    OPERATE,
    /** Change configs, offsets and log levels. */
    ADMIN;

    /** Returns whether a user of this role may do what needs another one. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /** Returns the role's name in settings, files and messages. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
