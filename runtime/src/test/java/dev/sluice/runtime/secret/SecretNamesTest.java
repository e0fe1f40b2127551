package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "connection.password",
                "db_password",
                "dbPassword",
                "ssl.key.password",
                "ssl.truststore.password",
                "ssl.keystore.key",
                "aws.secret.access.key",
                "accessKey",
                "api.key",
                "apikey",
                "oauth.client.secret",
                "bearer.token",
                "auth.token",
                "sasl.jaas.config",
                "producer.override.sasl.jaas.config",
                "value.converter.basic.auth.user.info",
                "http.authorization",
                "gcp.credentials",
                "private.key",
                "key.passphrase"
            })
    void namesOfSecretsAreKnown(String name) {
        assertThat(SecretNames.isSecret(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connection.url",
                "topic",
                "key.converter",
                "message.key",
                "primary.key",
                "pk.fields",
                "ssl.truststore.location",
                "ssl.keystore.type",
                "password.file",
                "sasl.oauthbearer.token.endpoint.url",
                "token.ttl",
                "credentials.provider.class",
                "basic.auth.credentials.source",
                "secret.version",
                "bypass",
                "compass.heading",
                "partition.key"
            })
    void namesAboutOtherThingsAreNot(String name) {
        assertThat(SecretNames.isSecret(name)).isFalse();
    }
}
