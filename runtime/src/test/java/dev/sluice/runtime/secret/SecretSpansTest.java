package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSpansTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    http://user:pw12@host:9200/x?y=1 | http://user:[hidden]@host:9200/x?y=1
                    http://user:p@ss@host/x | http://user:[hidden]@host/x
                    http://user:p/w?1@host/x | http://user:[hidden]@host/x
                    http://a:one1@h1:1,http://b:two2@h2:2 | http://a:[hidden]@h1:1,http://b:[hidden]@h2:2
                    mongodb://:secret@host | mongodb://:[hidden]@host
                    jdbc:postgresql://h/db?user=u&password=s3cret&ssl=true | jdbc:postgresql://h/db?user=u&password=[hidden]&ssl=true
                    jdbc:sqlserver://h;user=sa;password=s3cret;encrypt=true | jdbc:sqlserver://h;user=sa;password=[hidden];encrypt=true
                    jdbc:x:PASSWORD=a b | jdbc:x:PASSWORD=[hidden] b
                    username="u" password="a b;c"; | username="u" password="[hidden]";
                    AccountName=a;AccountKey=Zm9v+/==;X=1 | AccountName=a;AccountKey=[hidden];X=1
                    Authorization: Bearer abc.def.ghi | Authorization: Bearer [hidden]
                    https://h/cb?access_token=abcd&client_secret=efgh | https://h/cb?access_token=[hidden]&client_secret=[hidden]
                    """)
    void passwordsInsideTextsAreHidden(String text, String masked) {
        assertThat(SecretSpans.in(text).masked()).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://host:9200",
                "http://user@host:9200",
                "jdbc:postgresql://host:5432/db",
                "mail me@home: now",
                "a=b,c=d",
                "password",
                "tokens=4 per line x",
                "http://user:${file:/etc/s:pw}@host",
                "jdbc:pg://h/db?password=${env:PW}&x=1"
            })
    void textsWithoutPasswordsAreShown(String text) {
        assertThat(SecretSpans.in(text).masked()).isEqualTo(text);
        assertThat(SecretSpans.in(text).isEmpty()).isTrue();
    }

    @Test
    void theSecretsAreToldInOrder() {
        assertThat(SecretSpans.in("http://a:one1@h/?token=two2").secrets()).isEqualTo(List.of("one1", "two2"));
    }

    @Test
    void aSecretBesideAVariableIsHiddenAsAWhole() {
        assertThat(SecretSpans.in("jdbc:pg://h/db?password=pre${env:PW}&x=1").masked())
                .isEqualTo("jdbc:pg://h/db?password=[hidden]&x=1");
    }
}
