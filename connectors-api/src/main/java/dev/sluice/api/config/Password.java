package dev.sluice.api.config;

import java.util.Objects;

/** Holds a secret text and shows it only to who asks for it by {@link #reveal()}. Immutable. */
public final class Password {

    /** What stands in for a secret wherever a value is shown. */
    public static final String HIDDEN = "[hidden]";

    private final String secret;

    private Password(String secret) {
        this.secret = Objects.requireNonNull(secret, "secret");
    }

    /**
     * Wraps a secret.
     *
     * @param secret the secret itself; may be empty
     */
    public static Password of(String secret) {
        return new Password(secret);
    }

    /**
     * Returns the secret itself. Keep it out of logs, messages and record contents.
     *
     * @return the text that was wrapped, unchanged
     */
    public String reveal() {
        return secret;
    }

    /**
     * Returns whether nothing was given.
     *
     * @return true for the empty text
     */
    public boolean isEmpty() {
        return secret.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Password password && password.secret.equals(secret);
    }

    @Override
    public int hashCode() {
        return secret.hashCode();
    }

    /** Returns {@value #HIDDEN}, whatever the secret is. */
    @Override
    public String toString() {
        return HIDDEN;
    }
}
