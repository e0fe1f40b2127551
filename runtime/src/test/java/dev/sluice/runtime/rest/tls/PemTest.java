package dev.sluice.runtime.rest.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Keys made by OpenSSL 3 for this test: the second one is the first one, encrypted by its defaults. */
final class PemTest {
    private static final String PLAIN = """
            MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgAFHDY6pY9etbPs2u
            ZXasKnMZDN1+gkIqU1vO3kXJeCShRANCAATkSqL1btbKLaHWFb7jvlTjVn00hw4n
            VGXvFiR9EW8T0lCowvqi8K98G66IXN3tt4rTxPD41PRuMwxkrk8I1wyh
            """;
    private static final String ENCRYPTED = """
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAirOnd2qzhQUAICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEKhCOmNJcLI1K9vScMaD0bYEgZCe
            PL1F6Hi9iOWASG+LJaHiO1pxW5/bJ08LEWrVYn5Y9XAqqvgW8HpDv0HOwOUz0fDn
            EMRip6vv7V0mxDzuFc8uNX7507mpRzIWbKfPExcTJ9jPh9OXtN7jI6K0XmpB79jC
            6lca+6TK02voXgaPviQDBdKCSvKiZn7BXxJVgc3IJUaTgbVOFmMKuE7ZQvFUbIk=
            """;

    private static String pem(String label, String base64) {
        return "Bag Attributes\n-----BEGIN " + label + "-----\n" + base64 + "-----END " + label + "-----\n";
    }

    @Test
    void decryptsWhatOpensslEncrypts() throws Exception {
        Optional<PrivateKey> plain = Pem.key(pem("PRIVATE KEY", PLAIN), Optional.empty());
        Optional<PrivateKey> decrypted = Pem.key(pem("ENCRYPTED PRIVATE KEY", ENCRYPTED), Optional.of("sesame"));

        assertThat(plain.map(PrivateKey::getAlgorithm)).contains("EC");
        assertThat(decrypted).isEqualTo(plain);
    }

    @Test
    void refusesAWrongPasswordAndNone() {
        String text = pem("ENCRYPTED PRIVATE KEY", ENCRYPTED);

        assertThatThrownBy(() -> Pem.key(text, Optional.of("open"))).isInstanceOf(GeneralSecurityException.class);
        assertThatThrownBy(() -> Pem.key(text, Optional.empty()))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessage("the key is encrypted, and there is no password");
    }

    @Test
    void findsNoKeyWhereThereIsNone() throws Exception {
        assertThat(Pem.key("no key here", Optional.empty())).isEmpty();
        assertThat(Pem.key(pem("EC PRIVATE KEY", PLAIN), Optional.empty())).isEmpty();
        assertThat(Pem.certificates("")).isEmpty();
    }
}
