package dev.sluice.connector.elasticsearch.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.Password;
import java.security.AlgorithmParameters;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemTest {
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsKeysOfEachAlgorithm(String algorithm) throws Exception {
        PrivateKey key = key(algorithm);

        assertThat(Pem.privateKey("text before\n" + pem("PRIVATE KEY", key.getEncoded()), null))
                .isEqualTo(key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PBEWithHmacSHA256AndAES_256", "PBEWithHmacSHA1AndAES_128"})
    void decryptsKeys(String cipherName) throws Exception {
        PrivateKey key = key("EC");
        String pem = pem("ENCRYPTED PRIVATE KEY", encrypted(key, cipherName, "open sesame"));

        assertThat(Pem.privateKey(pem, Password.of("open sesame"))).isEqualTo(key);
        assertThatThrownBy(() -> Pem.privateKey(pem, Password.of("wrong")))
                .hasMessage("its key cannot be decrypted: the password is wrong");
        assertThatThrownBy(() -> Pem.privateKey(pem, null))
                .hasMessage("its key is encrypted, and no password was given");
    }

    @Test
    void namesTheCommandForOlderForms() {
        assertThatThrownBy(() -> Pem.privateKey(pem("RSA PRIVATE KEY", new byte[] {1}), null))
                .hasMessage("it begins with BEGIN RSA PRIVATE KEY, which is not PKCS #8; convert it by: openssl pkcs8"
                        + " -topk8 -nocrypt -in OLD -out NEW");
    }

    @Test
    void saysWhatIsNotThere() {
        assertThatThrownBy(() -> Pem.privateKey("", null)).hasMessage("there is no BEGIN PRIVATE KEY in it");
        assertThatThrownBy(() -> Pem.certificates("")).hasMessage("there is no BEGIN CERTIFICATE in it");
        assertThatThrownBy(() -> Pem.privateKey(pem("PRIVATE KEY", new byte[] {1, 2, 3}), null))
                .hasMessage("its key is none of RSA, EC, EdDSA, DSA");
    }

    private static PrivateKey key(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    }

    private static byte[] encrypted(PrivateKey key, String cipherName, String password) throws Exception {
        SecretKey secret =
                SecretKeyFactory.getInstance(cipherName).generateSecret(new PBEKeySpec(password.toCharArray()));
        Cipher cipher = Cipher.getInstance(cipherName);
        cipher.init(Cipher.ENCRYPT_MODE, secret);
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("PBES2");
        parameters.init(cipher.getParameters().getEncoded());
        return new EncryptedPrivateKeyInfo(parameters, cipher.doFinal(key.getEncoded())).getEncoded();
    }

    static String pem(String label, byte[] encoded) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(encoded) + "\n-----END "
                + label + "-----\n";
    }
}
