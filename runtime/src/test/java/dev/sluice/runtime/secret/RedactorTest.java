package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private final Redactor redactor = new Redactor();

    @Test
    void textStaysTheSameObjectWithoutSecrets() {
        String text = "nothing to hide";
        assertThat(redactor.redact(text)).isSameAs(text);
        redactor.use("c", Set.of("s3cret"));
        assertThat(redactor.redact(text)).isSameAs(text);
    }

    @Test
    void secretsInUseAreHiddenWhereverTheyStand() {
        redactor.use("one", Set.of("s3cret"));
        redactor.use("two", Set.of("s3cret-longer", "pass word"));
        assertThat(redactor.redact("s3cret, s3cret-longer; pass word, pass+word"))
                .isEqualTo("[hidden], [hidden]; [hidden], [hidden]");
    }

    @Test
    void secretsInsideJsonAreHidden() {
        redactor.use("c", Set.of("a\"b\\c"));
        assertThat(redactor.redact("{\"p\":\"a\\\"b\\\\c\"}")).isEqualTo("{\"p\":\"[hidden]\"}");
    }

    @Test
    void linesOfAKeyAreHiddenOneByOne() {
        redactor.use("c", Set.of("-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\n-----END KEY-----"));
        assertThat(redactor.redact("cannot parse MIIEvQIBADANBgkqhkiG9w0 -----END KEY-----"))
                .isEqualTo("cannot parse [hidden] -----END KEY-----");
    }

    @Test
    void shortSecretsAreNotLookedFor() {
        redactor.use("c", Set.of("abc", "  a  "));
        assertThat(redactor.redact("abc a abc")).isEqualTo("abc a abc");
    }

    @Test
    void theSecretsBeforeStayHiddenUntilTheNextChange() {
        redactor.use("c", Set.of("first"));
        redactor.use("c", Set.of("second"));
        redactor.use("c", Set.of("second"));
        assertThat(redactor.redact("first second")).isEqualTo("[hidden] [hidden]");
        redactor.use("c", Set.of("third"));
        assertThat(redactor.redact("first second third")).isEqualTo("first [hidden] [hidden]");
    }

    @Test
    void forgottenSecretsAreShown() {
        redactor.use("c", Set.of("s3cret"));
        redactor.forget("c");
        assertThat(redactor.redact("s3cret")).isEqualTo("s3cret");
    }

    @Test
    void furtherSecretsCountForOneText() {
        assertThat(redactor.redact("one1 two2", List.of("two2"))).isEqualTo("one1 [hidden]");
    }

    @Test
    void itTellsNoSecret() {
        redactor.use("c", Set.of("s3cret"));
        assertThat(redactor.toString()).isEqualTo("Redactor of 1 owners");
    }
}
