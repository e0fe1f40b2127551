package dev.sluice.runtime.rest.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Bearer tokens: 256 random bits. Nobody guesses one, so that a plain SHA-256 is enough to keep it; it is written as
 * {@code sha256$<hash in base 64>}.
 */
public final class Tokens {
    private static final String PREFIX = "slc_";
    private static final int BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("sha256\\$[A-Za-z0-9+/]{43}=");

    private Tokens() {}

    /** Makes a new token. */
    public static String random() {
        byte[] bits = new byte[BYTES];
        new SecureRandom().nextBytes(bits);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    /** Hashes a token. */
    public static String hash(String token) {
        return "sha256$" + Base64.getEncoder().encodeToString(sha256(token.getBytes(StandardCharsets.UTF_8)));
    }

    static boolean isHash(String text) {
        return TEXT.matcher(text).matches();
    }

    static boolean matches(String tokensHash, String hash) {
        return MessageDigest.isEqual(
                tokensHash.getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK should have SHA-256", e);
        }
    }
}
