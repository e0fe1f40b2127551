package dev.sluice.connector.elasticsearch.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Trusts servers whose certificate has, or was signed under, the certificate of one fingerprint.
 *
 * <p>The server must send that certificate; it then becomes the only anchor of Java's own check of signatures and dates. That a
 * certificate of the right fingerprint lies in the chain says nothing alone: certificates are public, and anybody can send it along.
 */
final class Fingerprint implements X509TrustManager {
    private static final int HEX_DIGITS = 64;

    private final byte[] expected;

    private Fingerprint(byte[] expected) {
        this.expected = expected;
    }

    static boolean isValid(String text) {
        return digits(text).matches("[0-9a-fA-F]{" + HEX_DIGITS + "}");
    }

    static Fingerprint of(String text) {
        return new Fingerprint(HexFormat.of().parseHex(digits(text)));
    }

    private static String digits(String text) {
        return text.replace(":", "").strip();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        for (X509Certificate each : chain) {
            if (MessageDigest.isEqual(sha256(each), expected)) {
                under(each).checkServerTrusted(chain, authType);
                return;
            }
        }
        throw new CertificateException("none of the " + chain.length
                + " certificates that the server sent has the fingerprint "
                + HexFormat.of().formatHex(expected)
                + "; the last one has " + HexFormat.of().formatHex(sha256(chain[chain.length - 1])));
    }

    private static byte[] sha256(X509Certificate certificate) throws CertificateException {
        try {
            return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        } catch (GeneralSecurityException failed) {
            throw new CertificateException("This Java has no SHA-256.", failed);
        }
    }

    private static X509TrustManager under(X509Certificate anchor) throws CertificateException {
        try {
            KeyStore store = Stores.empty();
            store.setCertificateEntry("anchor", anchor);
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager each : factory.getTrustManagers()) {
                if (each instanceof X509TrustManager manager) {
                    return manager;
                }
            }
            throw new CertificateException("This Java has no manager of trust in X.509 certificates.");
        } catch (GeneralSecurityException failed) {
            throw new CertificateException("Cannot check the certificates that the server sent.", failed);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("This trusts servers only.");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
