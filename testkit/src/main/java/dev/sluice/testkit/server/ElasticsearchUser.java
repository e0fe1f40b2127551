package dev.sluice.testkit.server;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A user in a server's files.
 *
 * @param name the user
 * @param password in clear text
 * @param roles names of roles: {@code superuser}, or of the server's {@code roles.yml}
 */
record ElasticsearchUser(String name, String password, List<String> roles) {
    private static final int ROUNDS = 1_000;
    private static final int HASH_BITS = 256;

    /** Returns the line of the file {@code users}. */
    String line() {
        // Random salts matter to real passwords only; these stand in the test.
        byte[] salt = "sluice-tests-salt-of-32-bytes...".getBytes(StandardCharsets.US_ASCII);
        Base64.Encoder base64 = Base64.getEncoder();
        return name + ":{PBKDF2}" + ROUNDS + "$" + base64.encodeToString(salt) + "$"
                + base64.encodeToString(hash(salt));
    }

    private byte[] hash(byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java cannot hash passwords.", missing);
        }
    }

    /** Returns the value of an {@code Authorization} header. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}
