package dev.sluice.runtime.rest.access;

/**
 * Who sends a request.
 *
 * @param name as in the file of users or tokens
 * @param role what the user may do
 */
public record RestUser(String name, Role role) {
    /** Everybody, where no login is asked for. */
    public static final RestUser ANYBODY = new RestUser("anonymous", Role.ADMIN);
    /** Somebody whose name was not asked for. */
    public static final RestUser UNKNOWN = new RestUser("anonymous", Role.ANYONE);
}
