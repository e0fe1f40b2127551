package dev.sluice.broker.security;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Map;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;

/** Salts passwords and compares them. Slow on purpose: never on an event loop. */
public final class Passwords {
    /** What an unknown user's password is compared with, so that the time tells nobody which users there are. */
    private static final ScramCredential NOBODY = new ScramCredential(new byte[16], new byte[32], new byte[32], 4096);

    private Passwords() {}

    /**
     * Salts a password.
     *
     * @param mechanism for which it can be used then, such as SCRAM-SHA-256
     * @param password the password
     * @param iterations rounds of hashing, from 4096 on
     * @return what may be kept on disk
     */
    public static ScramCredential salt(String mechanism, String password, int iterations) {
        try {
            ScramFormatter formatter = new ScramFormatter(ScramMechanism.forMechanismName(mechanism));
            byte[] salt = new byte[20];
            new SecureRandom().nextBytes(salt);
            byte[] salted = formatter.saltedPassword(password, salt, iterations);
            return credential(formatter, salt, salted, iterations);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this JVM should know " + mechanism, e);
        }
    }

    /**
     * Makes a credential of a password that a client salted itself.
     *
     * @param mechanism such as SCRAM-SHA-256
     * @param salt random bytes
     * @param salted the salted password, which is as good as the password itself and not kept
     * @param iterations rounds of hashing
     * @return what may be kept on disk
     */
    public static ScramCredential ofSalted(String mechanism, byte[] salt, byte[] salted, int iterations) {
        try {
            return credential(new ScramFormatter(ScramMechanism.forMechanismName(mechanism)), salt, salted, iterations);
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this JVM should know " + mechanism, e);
        }
    }

    private static ScramCredential credential(ScramFormatter formatter, byte[] salt, byte[] salted, int iterations)
            throws InvalidKeyException {
        byte[] storedKey = formatter.storedKey(formatter.clientKey(salted));
        return new ScramCredential(salt, storedKey, formatter.serverKey(salted), iterations);
    }

    /** Whether a password is the one of a user, of whom any one credential is compared. */
    static boolean fits(Map<String, ScramCredential> credentials, char[] password) {
        String mechanism = credentials.isEmpty()
                ? ScramMechanism.SCRAM_SHA_256.mechanismName()
                : credentials.keySet().iterator().next();
        ScramCredential kept = credentials.getOrDefault(mechanism, NOBODY);
        try {
            ScramFormatter formatter = new ScramFormatter(ScramMechanism.forMechanismName(mechanism));
            byte[] salted = formatter.saltedPassword(new String(password), kept.salt(), kept.iterations());
            byte[] storedKey = formatter.storedKey(formatter.clientKey(salted));
            return MessageDigest.isEqual(storedKey, kept.storedKey()) && kept != NOBODY;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("this JVM should know " + mechanism, e);
        }
    }

    static boolean isSame(String expected, char[] password) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), new String(password).getBytes(StandardCharsets.UTF_8));
    }
}
