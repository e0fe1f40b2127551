package dev.sluice.runtime.rest.access;

import dev.sluice.runtime.config.RestConfig;
import dev.sluice.runtime.config.RestLogin;
import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who sends a request. Any thread may ask; {@link #load} and {@link #reloadIfChanged} read files and belong to
 * threads that may.
 */
public final class Access implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final String REALM = "realm=\"sluice\"";

    private final Set<RestLogin> logins;
    private final CredentialFile userFile;
    private final CredentialFile tokenFile;
    private final BasicLogins basic;
    /** A snapshot; replaced when the file changes. */
    private volatile List<Credential> tokens = List.of();

    private volatile String stamp = "";

    private Access(RestConfig config, LongSupplier nanoTime) {
        this.logins = config.logins();
        this.userFile = new CredentialFile(config.usersFile(), CredentialFile.Kind.USERS);
        this.tokenFile = new CredentialFile(config.tokensFile(), CredentialFile.Kind.TOKENS);
        this.basic = new BasicLogins(nanoTime);
    }

    /**
     * Reads users and tokens, where logins are asked for. Blocks.
     *
     * @param nanoTime a clock for waits
     * @throws dev.sluice.api.config.ConfigException if a file cannot be used
     */
    public static Access load(RestConfig config, LongSupplier nanoTime) {
        Access access = new Access(config, nanoTime);
        access.stamp = access.currentStamp();
        access.read();
        access.warnOfEmptyFiles();
        return access;
    }

    private void read() {
        if (logins.contains(RestLogin.BASIC)) {
            basic.use(userFile.read());
        }
        if (logins.contains(RestLogin.BEARER)) {
            tokens = List.copyOf(tokenFile.read().values());
        }
    }

    private void warnOfEmptyFiles() {
        if (logins.contains(RestLogin.BASIC) && userFile.read().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("file", userFile.path())
                    .log("nobody can log in at REST: there are no users; add one with sluice rest-users add");
        }
        if (logins.contains(RestLogin.BEARER) && tokens.isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("file", tokenFile.path())
                    .log("no token is known to REST; add one with sluice rest-tokens add");
        }
    }

    /** Reads the files again if one has changed. A file that cannot be used changes nothing. Blocks. */
    public void reloadIfChanged() {
        String current = currentStamp();
        if (current.equals(stamp)) {
            return;
        }
        stamp = current;
        try {
            read();
            LOG.atInfo().log("users and tokens of REST were read again");
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("changed users or tokens of REST cannot be used; the ones before stay");
        }
    }

    private String currentStamp() {
        return stamp(userFile.path()) + stamp(tokenFile.path());
    }

    private static String stamp(Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            return found.lastModifiedTime() + "/" + found.size() + "/" + found.fileKey() + ";";
        } catch (IOException e) {
            return "none;";
        }
    }

    /** Returns whether requests need a login. */
    public boolean isLoginNeeded() {
        return !logins.isEmpty();
    }

    /** Returns the value of WWW-Authenticate. */
    public String challenge() {
        List<String> challenges = new ArrayList<>();
        for (RestLogin login : logins) {
            challenges.add(login == RestLogin.BASIC ? "Basic " + REALM + ", charset=\"UTF-8\"" : "Bearer " + REALM);
        }
        return String.join(", ", challenges);
    }

    /**
     * Decides who sends a request.
     *
     * @param authorization the header of that name, or null
     * @param address of the client
     * @return done at once unless a password must be hashed
     */
    public CompletableFuture<Admission> admit(@Nullable String authorization, String address) {
        if (!isLoginNeeded()) {
            return done(new Admission.Admitted(RestUser.ANYBODY));
        }
        String[] words =
                authorization == null ? new String[0] : authorization.trim().split("\\s+", 2);
        if (words.length == 2 && words[0].equalsIgnoreCase("basic") && logins.contains(RestLogin.BASIC)) {
            return basic.login(words[1], address);
        }
        if (words.length == 2 && words[0].equalsIgnoreCase("bearer") && logins.contains(RestLogin.BEARER)) {
            return done(bearer(words[1]));
        }
        return done(new Admission.Refused("Send the header Authorization with "
                + logins.stream()
                        .map(login -> login.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(" or "))
                + "."));
    }

    private Admission bearer(String token) {
        String hash = Tokens.hash(token);
        RestUser found = null;
        for (Credential known : tokens) { // All of them: how long it takes tells nothing.
            if (Tokens.matches(hash, known.hash())) {
                found = known.user();
            }
        }
        return found == null
                ? new Admission.Refused("Check the token; sluice rest-tokens lists and adds tokens.")
                : new Admission.Admitted(found);
    }

    private static CompletableFuture<Admission> done(Admission admission) {
        return CompletableFuture.completedFuture(admission);
    }

    /** Ends the thread that hashes. */
    @Override
    public void close() {
        basic.close();
    }
}
