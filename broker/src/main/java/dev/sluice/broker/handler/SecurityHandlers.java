package dev.sluice.broker.handler;

import java.util.List;

/** The handlers of logins and users. */
final class SecurityHandlers {
    private SecurityHandlers() {}

    static List<Handler<?>> of(Backend backend) {
        return List.of(
                new SaslHandshakeHandler(),
                new SaslAuthenticateHandler(),
                new DescribeUserScramCredentialsHandler(backend),
                new AlterUserScramCredentialsHandler(backend));
    }
}
