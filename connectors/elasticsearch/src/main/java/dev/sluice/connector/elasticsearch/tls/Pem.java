package dev.sluice.connector.elasticsearch.tls;

import dev.sluice.api.config.Password;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads certificates and private keys in the text form of RFC 7468. Private keys are PKCS #8, encrypted by a password (PBES2) or not; the
 * older forms that begin with the name of an algorithm are refused with the command that converts them.
 *
 * <p>What is wrong is told by a {@link GeneralSecurityException} whose message is a clause without a stop and without contents.
 */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA");

    private Pem() {}

    /** Returns all certificates in a text, at least one. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> found = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).endsWith("CERTIFICATE")) {
                found.add((X509Certificate)
                        factory.generateCertificate(new ByteArrayInputStream(decoded(block.group(2)))));
            }
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException("there is no BEGIN CERTIFICATE in it");
        }
        return found;
    }

    /** Returns the first private key in a text. */
    static PrivateKey privateKey(String text, @Nullable Password password) throws GeneralSecurityException {
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            switch (block.group(1)) {
                case "PRIVATE KEY" -> {
                    return key(decoded(block.group(2)));
                }
                case "ENCRYPTED PRIVATE KEY" -> {
                    return key(decrypted(decoded(block.group(2)), password));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY", "DSA PRIVATE KEY" ->
                    throw new GeneralSecurityException("it begins with BEGIN " + block.group(1)
                            + ", which is not PKCS #8; convert it by: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
                default -> {
                    // A certificate or the parameters of a curve stand before the key.
                }
            }
        }
        throw new GeneralSecurityException("there is no BEGIN PRIVATE KEY in it");
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64.getBytes(StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException notBase64) {
            throw new GeneralSecurityException("what stands between BEGIN and END is not Base64", notBase64);
        }
    }

    private static PrivateKey key(byte[] encoded) throws GeneralSecurityException {
        GeneralSecurityException none =
                new GeneralSecurityException("its key is none of " + String.join(", ", KEY_ALGORITHMS));
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException otherAlgorithm) {
                none.addSuppressed(otherAlgorithm);
            }
        }
        throw none;
    }

    private static byte[] decrypted(byte[] encrypted, @Nullable Password password) throws GeneralSecurityException {
        if (password == null) {
            throw new GeneralSecurityException("its key is encrypted, and no password was given");
        }
        try {
            EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(encrypted);
            // For PBES2 the parameters, not the name, say which algorithms are meant.
            String algorithm = "1.2.840.113549.1.5.13".equals(info.getAlgName()) || "PBES2".equals(info.getAlgName())
                    ? info.getAlgParameters().toString()
                    : info.getAlgName();
            Cipher cipher = Cipher.getInstance(algorithm);
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm)
                            .generateSecret(new PBEKeySpec(password.reveal().toCharArray())),
                    info.getAlgParameters());
            return info.getKeySpec(cipher).getEncoded();
        } catch (IOException | GeneralSecurityException wrong) {
            throw new GeneralSecurityException("its key cannot be decrypted: the password is wrong", wrong);
        }
    }
}
