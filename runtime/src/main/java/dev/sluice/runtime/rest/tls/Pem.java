package dev.sluice.runtime.rest.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
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
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** Reads PEM texts: private keys in PKCS #8 (RFC 7468), encrypted or not, and certificates. Pure. */
final class Pem {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "EdDSA", "DSA");
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PLAIN_KEY = "PRIVATE KEY";
    private static final String ENCRYPTED_KEY = "ENCRYPTED PRIVATE KEY";

    private Pem() {}

    private record Block(String label, String base64) {
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(base64);
        }
    }

    private static List<Block> blocks(String text) {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text);
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
        return blocks;
    }

    /** Reads all certificates of a text. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        List<X509Certificate> certificates = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        for (Block block : blocks(text)) {
            if (block.label.equals(CERTIFICATE)) {
                certificates.add(
                        (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block.bytes())));
            }
        }
        return certificates;
    }

    /**
     * Reads the first private key of a text.
     *
     * @param password where it is encrypted
     * @return empty if there is none that can be read as PKCS #8
     * @throws GeneralSecurityException if the password or the form of the key is wrong
     */
    static Optional<PrivateKey> key(String text, Optional<String> password)
            throws GeneralSecurityException, IOException {
        for (Block block : blocks(text)) {
            if (block.label.equals(PLAIN_KEY)) {
                return Optional.of(key(new PKCS8EncodedKeySpec(block.bytes())));
            }
            if (block.label.equals(ENCRYPTED_KEY)) {
                return Optional.of(key(decrypted(block.bytes(), password)));
            }
        }
        return Optional.empty();
    }

    private static PKCS8EncodedKeySpec decrypted(byte[] bytes, Optional<String> password)
            throws GeneralSecurityException, IOException {
        if (password.isEmpty()) {
            throw new InvalidKeySpecException("the key is encrypted, and there is no password");
        }
        EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(bytes);
        // PBES2 names its parts in its parameters only.
        String algorithm = info.getAlgName().equals("1.2.840.113549.1.5.13")
                        || info.getAlgName().equals("PBES2")
                ? info.getAlgParameters().toString()
                : info.getAlgName();
        var secret = SecretKeyFactory.getInstance(algorithm)
                .generateSecret(new PBEKeySpec(password.get().toCharArray()));
        Cipher cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.DECRYPT_MODE, secret, info.getAlgParameters());
        return info.getKeySpec(cipher);
    }

    private static PrivateKey key(PKCS8EncodedKeySpec spec) throws GeneralSecurityException {
        InvalidKeySpecException last = null;
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                last = e; // a key of another kind
            }
        }
        throw new InvalidKeySpecException("it is no key of the kinds " + String.join(", ", KEY_ALGORITHMS), last);
    }
}
