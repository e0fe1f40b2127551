package dev.sluice.runtime.rest.access;

/** What came of a login. */
public sealed interface Admission {
    /**
     * The user is known.
     *
     * @param user who it is
     */
    record Admitted(RestUser user) implements Admission {}

    /**
     * The user is not known.
     *
     * @param fix what to do, a sentence
     */
    record Refused(String fix) implements Admission {}

    /**
     * The login is not looked at yet: too many were wrong, or too many wait.
     *
     * @param seconds when to try again
     * @param why a clause
     */
    record Delayed(long seconds, String why) implements Admission {}
}
