package dev.sluice.broker.handler;

import dev.sluice.broker.security.Login;
import dev.sluice.broker.security.Login.Judged.Accepted;
import dev.sluice.broker.security.Login.Judged.Refused;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.message.SaslAuthenticateResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.SaslAuthenticateRequest;
import org.apache.kafka.common.requests.SaslAuthenticateResponse;

/**
 * SaslAuthenticate (36), versions 0 to 2: a token of a login, judged off the event loop. Version 1 adds how long the session
 * lasts. A refusal is answered after {@code connection.failed.authentication.delay.ms}, and then the connection ends.
 */
final class SaslAuthenticateHandler implements Handler<SaslAuthenticateRequest> {
    @Override
    public ApiKeys key() {
        return ApiKeys.SASL_AUTHENTICATE;
    }

    @Override
    public Versions versions() {
        return Versions.of(0, 2);
    }

    @Override
    public CompletableFuture<SaslAuthenticateResponse> handle(Call<SaslAuthenticateRequest> call) {
        Login login = call.loop().login();
        CompletableFuture<SaslAuthenticateResponse> answer = new CompletableFuture<>();
        var unused = login.judge(call.request().data().authBytes())
                .whenComplete((token, failure) ->
                        call.loop().execute(() -> onJudged(call.loop(), login.onJudged(token, failure), answer)));
        return answer;
    }

    private static void onJudged(
            EventLoop loop, Login.Judged judged, CompletableFuture<SaslAuthenticateResponse> answer) {
        SaslAuthenticateResponseData data = new SaslAuthenticateResponseData();
        if (judged instanceof Accepted accepted) {
            answer.complete(new SaslAuthenticateResponse(
                    data.setAuthBytes(accepted.token()).setSessionLifetimeMs(accepted.sessionMillis())));
        } else if (judged instanceof Refused refused) {
            data.setErrorCode(refused.error().code()).setErrorMessage(refused.message());
            var unused = loop.after(
                    loop.login().failureDelayMillis(), () -> answer.complete(new SaslAuthenticateResponse(data)));
        }
    }
}
