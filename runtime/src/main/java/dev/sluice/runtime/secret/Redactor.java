package dev.sluice.runtime.secret;

import dev.sluice.api.config.Password;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Knows the secrets in use and takes them out of texts that somebody else wrote: messages of plugins, stack traces, log
 * lines. The last resort behind not writing them at all. Secrets of fewer than four characters are not looked for.
 *
 * <p>One for the process, as there is one log. Any thread; a text costs nothing while there are no secrets, and a search
 * for each otherwise.
 */
public final class Redactor {
    private static final int LINE_LENGTH_MIN = 16;

    /** The redactor of this process. */
    public static final Redactor PROCESS = new Redactor();

    /** Guarded by itself. */
    private final Map<Object, Generations> owners = new HashMap<>();

    private volatile Substitution hiding = Substitution.NONE;

    /** Knows no secrets. */
    public Redactor() {}

    /** The secrets of one owner: those of its present settings, and those before, which its last words may contain. */
    private record Generations(Set<String> present, Set<String> before) {}

    /** Takes the secrets that an owner uses from now on; those that it used last stay hidden too. */
    public void use(Object owner, Collection<String> secrets) {
        synchronized (owners) {
            Generations known = owners.get(owner);
            Set<String> present = Set.copyOf(secrets);
            if (known == null && present.isEmpty()) {
                return;
            }
            Set<String> before = known == null ? Set.of() : known.present;
            owners.put(
                    owner, new Generations(present, before.equals(present) && known != null ? known.before : before));
            renew();
        }
    }

    /** Forgets an owner's secrets. */
    public void forget(Object owner) {
        synchronized (owners) {
            if (owners.remove(owner) != null) {
                renew();
            }
        }
    }

    /** Forgets the secrets of all owners that a worker had. */
    void forgetAll(Predicate<Object> isGone) {
        synchronized (owners) {
            if (owners.keySet().removeIf(isGone)) {
                renew();
            }
        }
    }

    private void renew() {
        Set<String> all = new HashSet<>();
        owners.values().forEach(owner -> {
            all.addAll(owner.present);
            all.addAll(owner.before);
        });
        hiding = hiding(all);
    }

    /** Returns the text with every secret in use hidden. */
    public String redact(String text) {
        return hiding.apply(text);
    }

    /** Returns the text with these secrets hidden, and those in use. */
    public String redact(String text, Collection<String> secrets) {
        return redact(hiding(secrets).apply(text));
    }

    private static Substitution hiding(Collection<String> secrets) {
        Map<String, String> texts = new HashMap<>();
        for (String secret : secrets) {
            if (SecretText.isFindable(secret)) {
                texts.put(secret, Password.HIDDEN);
                texts.put(secret.strip(), Password.HIDDEN);
                texts.put(inJson(secret), Password.HIDDEN);
                texts.put(URLEncoder.encode(secret, StandardCharsets.UTF_8), Password.HIDDEN);
                lines(secret).forEach(line -> texts.put(line, Password.HIDDEN));
            }
        }
        return Substitution.of(texts);
    }

    /** The lines of a key in PEM, which traces and logs break or join. */
    private static List<String> lines(String secret) {
        return secret.lines()
                .map(String::strip)
                .filter(line -> line.length() >= LINE_LENGTH_MIN && !line.startsWith("-----"))
                .toList();
    }

    /** As it stands between the quotes of a JSON text. */
    private static String inJson(String secret) {
        return secret.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t");
    }

    /** Returns how many owners there are, never a secret. */
    @Override
    public String toString() {
        synchronized (owners) {
            return "Redactor of " + owners.size() + " owners";
        }
    }
}
