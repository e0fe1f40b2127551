package dev.sluice.runtime.rest.access;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Salted hashes of passwords: PBKDF2 with HMAC-SHA-512 (RFC 8018), which the JDK has, with 210,000 rounds, as OWASP
 * advises. One hash takes about a tenth of a second on purpose: not for an event loop. Written as
 * {@code pbkdf2-sha512$<rounds>$<salt>$<hash>}, the last two in base 64.
 */
public final class Passwords {
    private static final int ROUNDS = 210_000;
    private static final int ROUNDS_MAX = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final Pattern TEXT =
            Pattern.compile("pbkdf2-sha512\\$(\\d{1,8})\\$([A-Za-z0-9+/=]+)\\$([A-Za-z0-9+/=]+)");
    private static final SecureRandom RANDOM = new SecureRandom();
    /** What unknown names are compared with, so that they take as long as known ones. */
    private static final String NOBODYS = hash("".toCharArray(), ROUNDS);

    private Passwords() {}

    /** Hashes a password with a new salt. */
    public static String hash(char[] password) {
        return hash(password, ROUNDS);
    }

    static String hash(char[] password, int rounds) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        Base64.Encoder encoder = Base64.getEncoder();
        return "pbkdf2-sha512$" + rounds + "$" + encoder.encodeToString(salt) + "$"
                + encoder.encodeToString(derive(password, salt, rounds));
    }

    /** Returns whether a text is a hash that {@link #matches} can use. */
    static boolean isHash(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches() && rounds(parts) > 0 && rounds(parts) <= ROUNDS_MAX && isBase64(parts);
    }

    private static boolean isBase64(Matcher parts) {
        try {
            return Base64.getDecoder().decode(parts.group(2)).length > 0
                    && Base64.getDecoder().decode(parts.group(3)).length > 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int rounds(Matcher parts) {
        return Integer.parseInt(parts.group(1));
    }

    /** Compares a password with a hash in a time that does not depend on how much of it is right. */
    static boolean matches(char[] password, String hash) {
        Matcher parts = TEXT.matcher(hash);
        if (!parts.matches()) {
            throw new IllegalStateException("a file's hashes should have been checked when it was read");
        }
        byte[] salt = Base64.getDecoder().decode(parts.group(2));
        byte[] expected = Base64.getDecoder().decode(parts.group(3));
        return MessageDigest.isEqual(expected, derive(password, salt, rounds(parts)));
    }

    /** Spends the time of a comparison. */
    static void matchNobody(char[] password) {
        var unused = matches(password, NOBODYS);
    }

    private static byte[] derive(char[] password, byte[] salt, int rounds) {
        PBEKeySpec spec = new PBEKeySpec(password, salt, rounds, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK should have PBKDF2 with HMAC-SHA-512", e);
        } finally {
            spec.clearPassword();
        }
    }
}
