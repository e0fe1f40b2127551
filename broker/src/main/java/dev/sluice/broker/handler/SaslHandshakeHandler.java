package dev.sluice.broker.handler;

import dev.sluice.broker.security.Login;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.SaslHandshakeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.SaslHandshakeRequest;
import org.apache.kafka.common.requests.SaslHandshakeResponse;

/**
 * SaslHandshake (17), versions 0 and 1: names the mechanism of a login. After version 0 tokens come without headers. A
 * mechanism that is not enabled ends the connection after the answer.
 */
final class SaslHandshakeHandler implements Handler<SaslHandshakeRequest> {
    @Override
    public ApiKeys key() {
        return ApiKeys.SASL_HANDSHAKE;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 1);
    }

    @Override
    public CompletableFuture<SaslHandshakeResponse> handle(Call<SaslHandshakeRequest> call) {
        Login login = call.loop().login();
        Errors error = login.begin(call.request().data().mechanism(), call.version() > 0);
        CompletableFuture<SaslHandshakeResponse> answer = new CompletableFuture<>();
        SaslHandshakeResponse response = new SaslHandshakeResponse(
                new SaslHandshakeResponseData().setErrorCode(error.code()).setMechanisms(login.mechanisms()));
        if (login.hasFailed()) {
            var unused = call.loop().after(login.failureDelayMillis(), () -> answer.complete(response));
        } else {
            answer.complete(response);
        }
        return answer;
    }
}
