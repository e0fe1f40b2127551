package dev.sluice.runtime.rest.access;

import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names and passwords. A password is hashed on one thread of its own, whose queue is bounded; one that was right is remembered
 * for five minutes, by a keyed digest, so that who asks often costs no hash each time. Any thread may ask.
 */
final class BasicLogins implements AutoCloseable {
    private static final int REMEMBERED_MAX = 1_000;
    private static final int WAITING_MAX = 100;
    private static final long REMEMBERED_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final String FIX = "Check name and password; sluice rest-users lists and adds users.";

    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor hashing;
    private final SecretKeySpec key;
    private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
    /** Logins under way: who asks the same again waits for the same answer. */
    private final Map<String, CompletableFuture<Admission>> pending = new ConcurrentHashMap<>();

    private final Attempts attempts = new Attempts();
    /** A snapshot; replaced when the file changes. */
    private volatile Map<String, Credential> users = Map.of();

    private record Remembered(RestUser user, long atNanos) {}

    BasicLogins(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.hashing =
                new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING_MAX), work -> {
                    Thread thread = new Thread(work, "rest-login");
                    thread.setDaemon(true);
                    return thread;
                });
        hashing.allowCoreThreadTimeOut(true);
    }

    /** Takes other users; who was deleted or has another password must log in anew. */
    void use(Map<String, Credential> changed) {
        users = Map.copyOf(changed);
        remembered.clear();
    }

    /**
     * Decides about a login.
     *
     * @param encoded what follows the word Basic
     * @param address of the client
     */
    CompletableFuture<Admission> login(String encoded, String address) {
        String decoded = decode(encoded);
        int colon = decoded.indexOf(':');
        if (colon < 0) {
            return done(new Admission.Refused("Send name:password in base 64 behind the word Basic."));
        }
        String digest = digest(decoded);
        Remembered known = remembered.get(digest);
        if (known != null && nanoTime.getAsLong() - known.atNanos < REMEMBERED_NANOS) {
            return done(new Admission.Admitted(known.user));
        }
        String who = decoded.substring(0, colon) + "@" + address;
        long seconds = attempts.secondsLeft(who, nanoTime.getAsLong());
        if (seconds > 0) {
            return done(new Admission.Delayed(seconds, "too many passwords in a row were wrong"));
        }
        return hashed(digest, who, decoded.substring(0, colon), decoded.substring(colon + 1));
    }

    private CompletableFuture<Admission> hashed(String digest, String who, String name, String password) {
        CompletableFuture<Admission> mine = new CompletableFuture<>();
        CompletableFuture<Admission> others = pending.putIfAbsent(digest, mine);
        if (others != null) {
            return others;
        }
        try {
            hashing.execute(() -> {
                try {
                    mine.complete(judge(digest, who, name, password));
                } catch (RuntimeException | Error failed) { // Who waits must hear of it, whatever it is.
                    mine.completeExceptionally(failed);
                } finally {
                    pending.remove(digest);
                }
            });
        } catch (RejectedExecutionException full) {
            pending.remove(digest);
            mine.complete(new Admission.Delayed(1, "too many logins wait"));
        }
        return mine;
    }

    private Admission judge(String digest, String who, String name, String password) {
        Map<String, Credential> asked = users;
        Credential user = asked.get(name);
        char[] typed = password.toCharArray();
        if (user == null) {
            Passwords.matchNobody(typed);
        }
        if (user == null || !Passwords.matches(typed, user.hash())) {
            attempts.wrong(who, nanoTime.getAsLong());
            return new Admission.Refused(FIX);
        }
        attempts.right(who);
        remember(digest, user.user(), asked);
        return new Admission.Admitted(user.user());
    }

    private void remember(String digest, RestUser user, Map<String, Credential> judgedBy) {
        if (remembered.size() >= REMEMBERED_MAX) {
            remembered.clear();
        }
        remembered.put(digest, new Remembered(user, nanoTime.getAsLong()));
        if (users != judgedBy) { // The file changed meanwhile: what it said before must not be remembered.
            remembered.clear();
        }
    }

    private static CompletableFuture<Admission> done(Admission admission) {
        return CompletableFuture.completedFuture(admission);
    }

    private static String decode(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded.trim()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** Keyed by what this process alone knows: memory holds nothing that could be tried elsewhere. */
    private String digest(String decoded) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(decoded.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK should have HMAC-SHA-256", e);
        }
    }

    @Override
    public void close() {
        hashing.shutdownNow();
    }
}
