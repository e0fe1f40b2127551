package dev.sluice.runtime.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waits after wrong passwords, rates, hashes and files, each by itself. */
final class AccessRulesTest {
    @TempDir
    Path folder;

    private static long seconds(long seconds) {
        return TimeUnit.SECONDS.toNanos(seconds);
    }

    @Test
    void waitsDoubleFromTheFourthWrongPasswordOn() {
        Attempts attempts = new Attempts();
        long now = 0;
        long[] waits = new long[12];
        for (int i = 0; i < waits.length; i++) {
            attempts.wrong("a@here", now);
            waits[i] = attempts.secondsLeft("a@here", now);
            now += seconds(waits[i]);
        }

        assertThat(waits).containsExactly(0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60);
        assertThat(attempts.secondsLeft("a@there", 0)).isZero();
    }

    @Test
    void aRightPasswordAndTimeForgive() {
        Attempts attempts = new Attempts();
        for (int i = 0; i < 6; i++) {
            attempts.wrong("a@here", 0);
            attempts.wrong("b@here", 0);
        }

        attempts.right("a@here");
        attempts.wrong("a@here", 0);
        attempts.wrong("b@here", seconds(1_000));

        assertThat(attempts.secondsLeft("a@here", 0)).isZero();
        assertThat(attempts.secondsLeft("b@here", seconds(1_000))).isZero();
    }

    @Test
    void aRateHasABurstOfTenSecondsAndThenHolds() {
        RateLimit limit = new RateLimit(2);
        int permitted = 0;
        while (limit.secondsToWait("here", 0) == 0) {
            permitted++;
        }

        assertThat(permitted).isEqualTo(20);
        assertThat(limit.secondsToWait("here", 0)).isEqualTo(1);
        assertThat(limit.secondsToWait("there", 0)).isZero();
        assertThat(limit.secondsToWait("here", seconds(1) / 2)).isZero();
        assertThat(limit.secondsToWait("here", seconds(1) / 2)).isEqualTo(1);
        assertThat(new RateLimit(0).secondsToWait("here", 0)).isZero();
    }

    @Test
    void whoKeepsAskingIsLetInAtTheRate() {
        RateLimit limit = new RateLimit(1);
        int permitted = 0;
        for (long millis = 0; millis < 20_000; millis += 10) {
            permitted += limit.secondsToWait("here", TimeUnit.MILLISECONDS.toNanos(millis)) == 0 ? 1 : 0;
        }
        assertThat(permitted).isBetween(29, 30);
    }

    @Test
    void aHashFitsItsPasswordAlone() {
        String hash = Passwords.hash("correct horse".toCharArray(), 1_000);

        assertThat(hash).startsWith("pbkdf2-sha512$1000$").doesNotContain("horse");
        assertThat(Passwords.matches("correct horse".toCharArray(), hash)).isTrue();
        assertThat(Passwords.matches("correct horses".toCharArray(), hash)).isFalse();
        assertThat(Passwords.hash("x".toCharArray(), 1_000)).isNotEqualTo(Passwords.hash("x".toCharArray(), 1_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "pbkdf2-sha512$0$YQ==$YQ==",
                "pbkdf2-sha512$99999999$YQ==$YQ==",
                "pbkdf2-sha512$10$=$=",
                "sha256$x"
            })
    void whatIsNoHashIsNone(String text) {
        assertThat(Passwords.isHash(text)).isFalse();
        assertThat(Tokens.isHash(text)).isFalse();
    }

    @Test
    void tokensDiffer() {
        assertThat(Tokens.random()).startsWith("slc_").hasSize(47).isNotEqualTo(Tokens.random());
        assertThat(Tokens.isHash(Tokens.hash("slc_x"))).isTrue();
    }

    @Test
    void aFileKeepsUsersForItsOwnerAlone() throws IOException {
        CredentialFile file = new CredentialFile(folder.resolve("new/users"), CredentialFile.Kind.USERS);
        String hash = Passwords.hash("x".toCharArray(), 1_000);

        assertThat(file.read()).isEmpty();
        assertThat(file.put(new Credential(new RestUser("größe", Role.READ), hash)))
                .isFalse();
        assertThat(file.put(new Credential(new RestUser("b", Role.ADMIN), hash)))
                .isFalse();
        assertThat(file.put(new Credential(new RestUser("größe", Role.OPERATE), hash)))
                .isTrue();

        assertThat(file.read().values())
                .extracting(Credential::user)
                .containsExactly(new RestUser("größe", Role.OPERATE), new RestUser("b", Role.ADMIN));
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                    .isEqualTo("rw-------");
        }
        assertThat(file.remove("b")).isTrue();
        assertThat(file.remove("b")).isFalse();
        assertThat(file.read()).containsOnlyKeys("größe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:read", "a:king:HASH", ":read:HASH", "a:read:secret", "a:anyone:HASH"})
    void aLineThatCannotBeUsedIsNamedWithoutItsContent(String line) throws IOException {
        String hash = Passwords.hash("x".toCharArray(), 1_000);
        Path path = Files.writeString(folder.resolve("users"), "# fine\n\n" + line.replace("HASH", hash) + "\n");

        assertThatThrownBy(() -> new CredentialFile(path, CredentialFile.Kind.USERS).read())
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot use line 3 of " + path + ": it must be name:role:hash. Correct it, or write it with"
                        + " sluice rest-users add.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a:b", "#a", "a\nb"})
    void aNameThatWouldBreakTheFileIsRefused(String name) {
        CredentialFile file = new CredentialFile(folder.resolve("users"), CredentialFile.Kind.USERS);

        assertThatThrownBy(() -> file.put(new Credential(new RestUser(name, Role.READ), "x")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("a name is not empty, has no colon and no control character");
    }
}
