package dev.sluice.broker.security;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.security.sasl.SaslServer;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * Who the client of one connection is.
 *
 * <pre>
 * FREE                      no login at this listener
 * ASKED → TOKENS → IN       handshake names the mechanism, tokens go to and fro
 *   ↘       ↘  ↖   ↓
 *    FAILED ←   TOKENS      the same again before the session ends (re-authentication)
 * </pre>
 *
 * <p>Owned by the event loop of the connection; only the tokens are judged elsewhere.
 */
public final class Login {
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private enum State {
        FREE,
        ASKED,
        TOKENS,
        IN,
        FAILED
    }

    private final @Nullable Logins logins;
    private final Supplier<KafkaPrincipal> unasked;
    private final LongSupplier nanoTime;
    private State state;
    private @Nullable SaslServer server;
    private boolean isRaw;
    private String mechanism = "";
    private @Nullable KafkaPrincipal user;
    private boolean isMechanismChanged;
    private long sessionEndNanos;
    private boolean hasSessionEnd;
    private long lastBeginNanos;
    private boolean hasBegun;

    private Login(@Nullable Logins logins, Supplier<KafkaPrincipal> unasked, LongSupplier nanoTime) {
        this.logins = logins;
        this.unasked = unasked;
        this.nanoTime = nanoTime;
        state = logins == null ? State.FREE : State.ASKED;
    }

    /** Makes one for a client that need not log in; who it is, its certificate may say. */
    public static Login free(Supplier<KafkaPrincipal> client) {
        return new Login(null, client, System::nanoTime);
    }

    /** Makes one for a client that must log in. */
    public static Login required(Logins logins, LongSupplier nanoTime) {
        return new Login(logins, () -> KafkaPrincipal.ANONYMOUS, nanoTime);
    }

    /** Returns who the client is, as far as is known. */
    public KafkaPrincipal principal() {
        return user == null ? unasked.get() : user;
    }

    /** Whether the client has not come in yet: it may ask for little. */
    public boolean isPending() {
        return user == null && state != State.FREE;
    }

    /** Whether the login failed: the connection ends when that is answered. */
    public boolean hasFailed() {
        return state == State.FAILED;
    }

    /** Whether the next frame is a token without a header, as after the first version of the handshake. */
    public boolean expectsRawToken() {
        return state == State.TOKENS && isRaw;
    }

    /** Whether a request may be read now. */
    public boolean allows(ApiKeys key) {
        return switch (state) {
            case FREE -> true;
            case ASKED -> key == ApiKeys.API_VERSIONS || key == ApiKeys.SASL_HANDSHAKE;
            case TOKENS -> key == ApiKeys.SASL_AUTHENTICATE;
            case IN -> key == ApiKeys.SASL_HANDSHAKE || !isOver();
            case FAILED -> false;
        };
    }

    private boolean isOver() {
        return hasSessionEnd && nanoTime.getAsLong() - sessionEndNanos > 0;
    }

    /** Returns what users may choose from; nothing where there is no login. */
    public List<String> mechanisms() {
        return logins == null ? List.of() : logins.settings().mechanisms();
    }

    /** Returns how long a failure waits for its answer. */
    public long failureDelayMillis() {
        return logins == null ? 0 : logins.settings().failureDelayMillis();
    }

    /**
     * Begins the exchange of tokens.
     *
     * @param wanted the mechanism that the client names
     * @param hasHeaders whether tokens come in requests of their own
     * @return NONE, or why not
     */
    public Errors begin(String wanted, boolean hasHeaders) {
        long now = nanoTime.getAsLong();
        boolean isTooSoon = state == State.IN && hasBegun && now - lastBeginNanos < PAUSE_NANOS;
        if (logins == null || isTooSoon) {
            return Errors.ILLEGAL_SASL_STATE;
        }
        if (!mechanisms().contains(wanted)) {
            state = State.FAILED;
            return Errors.UNSUPPORTED_SASL_MECHANISM;
        }
        // The first login is not counted: a client may be told to come again at once.
        hasBegun = state == State.IN;
        lastBeginNanos = now;
        isMechanismChanged = user != null && !wanted.equals(mechanism);
        mechanism = wanted;
        isRaw = !hasHeaders;
        server = logins.server(wanted);
        state = State.TOKENS;
        return Errors.NONE;
    }

    /**
     * Judges a token of the client. The answer comes on another thread; give it to {@link #onJudged}.
     *
     * @param token its bytes
     * @return the bytes for the client
     */
    public CompletableFuture<byte[]> judge(byte[] token) {
        SaslServer judging = server;
        if (state != State.TOKENS || judging == null || logins == null) {
            return CompletableFuture.failedFuture(Errors.ILLEGAL_SASL_STATE.exception());
        }
        if (isMechanismChanged) {
            return CompletableFuture.failedFuture(new SaslAuthenticationException(
                    "Cannot log in again by " + mechanism + ": the mechanism must be the one of the first login."));
        }
        return logins.submit(() -> {
            byte[] answer = judging.evaluateResponse(token);
            return answer == null ? new byte[0] : answer;
        });
    }

    /** What a token led to. */
    public sealed interface Judged {
        /**
         * It is well.
         *
         * @param token for the client
         * @param sessionMillis how long the session lasts; 0 where it has no end or has not begun
         */
        @SuppressWarnings("ArrayRecordComponent") // it is sent once, never compared
        record Accepted(byte[] token, long sessionMillis) implements Judged {}

        /**
         * The login failed.
         *
         * @param error its code
         * @param message for the client, without a hint which part was wrong
         */
        record Refused(Errors error, String message) implements Judged {}
    }

    /**
     * Takes notice of a judgement, on the event loop.
     *
     * @param answer of {@link #judge}, or null
     * @param failure of it, or null
     * @return what to tell the client
     */
    public Judged onJudged(byte @Nullable [] answer, @Nullable Throwable failure) {
        if (state == State.FREE || state == State.IN) {
            return new Judged.Refused(Errors.ILLEGAL_SASL_STATE, "There is no login under way.");
        }
        SaslServer judging = server;
        if (failure != null || answer == null || judging == null) {
            return refused(failure);
        }
        if (!judging.isComplete()) {
            return new Judged.Accepted(answer, 0);
        }
        KafkaPrincipal found = new KafkaPrincipal(KafkaPrincipal.USER_TYPE, judging.getAuthorizationID());
        if (user != null && !user.equals(found)) {
            state = State.FAILED;
            return new Judged.Refused(
                    Errors.SASL_AUTHENTICATION_FAILED, "Cannot log in again as another user than before.");
        }
        user = found;
        state = State.IN;
        server = null;
        return new Judged.Accepted(answer, beginSession());
    }

    private long beginSession() {
        long millis = logins == null ? 0 : logins.settings().reauthMillis();
        hasSessionEnd = millis > 0;
        sessionEndNanos = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(millis);
        return millis;
    }

    private Judged.Refused refused(@Nullable Throwable failure) {
        state = State.FAILED;
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return new Judged.Refused(
                Errors.SASL_AUTHENTICATION_FAILED,
                cause instanceof SaslAuthenticationException told
                        ? String.valueOf(told.getMessage())
                        : "Authentication failed during authentication due to invalid credentials with SASL mechanism "
                                + mechanism);
    }
}
