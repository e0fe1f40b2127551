package dev.sluice.runtime.secret;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells by the name of a setting that nobody describes whether its value is a secret. */
final class SecretNames {
    private static final Pattern SECRET = Pattern.compile(
            "(?:^|[._-])(?:[a-z0-9]*(?:password|passwd|passphrase|passwort|secret|credential|credentials"
                    + "|apikey|accesskey|privatekey|secretkey)|pwd|pass|token|auth[._-]?token|access[._-]?token|(?:api|access|private"
                    + "|secret|shared|account|encryption|keystore)[._-]key|jaas[._-]config|user[._-]info|authorization"
                    + "|connection[._-]string)(?:$|[._-])");

    /** Endings of names that speak about a secret without being one. */
    private static final Set<String> ABOUT = Set.of(
            "alias",
            "algorithm",
            "class",
            "enable",
            "enabled",
            "expiry",
            "field",
            "fields",
            "file",
            "filename",
            "format",
            "id",
            "length",
            "location",
            "max",
            "min",
            "ms",
            "mode",
            "name",
            "path",
            "provider",
            "regex",
            "required",
            "scope",
            "seconds",
            "source",
            "timeout",
            "ttl",
            "type",
            "uri",
            "url",
            "version");

    private static final Pattern WORDS = Pattern.compile("[._-]");
    private static final Pattern HUMPS = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private SecretNames() {}

    /** Returns whether a setting of that name holds a secret, as far as its name tells. */
    static boolean isSecret(String name) {
        String words = HUMPS.matcher(name).replaceAll(".").toLowerCase(Locale.ROOT);
        String[] parts = WORDS.split(words, -1);
        return parts.length > 0
                && !ABOUT.contains(parts[parts.length - 1])
                && SECRET.matcher(words).find();
    }
}
