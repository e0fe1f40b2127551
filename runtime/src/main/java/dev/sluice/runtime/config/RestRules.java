package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProblems;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** What holds between the settings of the REST API. */
final class RestRules {
    private static final String BASIC_EXTENSION = "BasicAuthSecurityRestExtension";

    private RestRules() {}

    static void checkLogins(Config config, ConfigProblems problems) {
        List<RestLogin> logins = config.get(RestKeys.AUTHENTICATION);
        if (logins.contains(RestLogin.NONE) && logins.size() > 1) {
            problems.error(
                    RestKeys.AUTHENTICATION,
                    "Cannot use rest.authentication=none together with a login: none lets everybody in.",
                    "Leave none out, or keep it alone.");
        }
    }

    /** A file that asks for a login must not open what it has closed without a word. */
    static void warnOfExtensions(Config config, ConfigProblems problems) {
        for (String extension : config.get(RestKeys.EXTENSIONS)) {
            boolean isBasic = extension.endsWith(BASIC_EXTENSION);
            if (isBasic && isLoginNeeded(config)) {
                continue;
            }
            problems.add(ConfigProblem.warning(
                    RestKeys.EXTENSIONS.name(),
                    "Class " + extension + " of rest.extension.classes has no effect here"
                            + (isBasic ? ", and nobody is asked for a password." : "."),
                    isBasic
                            ? "Set rest.authentication=basic, and add users with sluice rest-users add NAME --role admin."
                            : "Remove it; logins are set by rest.authentication."));
        }
    }

    static void warnOfOpenListeners(Config config, ConfigProblems problems) {
        for (URI listener : listeners(config)) {
            boolean isReachable = !Hosts.isLoopback(listener.getHost());
            if (isReachable && !isLoginNeeded(config)) {
                problems.add(ConfigProblem.warning(
                        RestKeys.AUTHENTICATION.name(),
                        "Whoever reaches " + listener + " may change everything: rest.authentication is not set.",
                        "Set rest.authentication=basic or bearer, or listen on 127.0.0.1; see docs/security.md."));
            } else if (isReachable && !"https".equals(listener.getScheme())) {
                problems.add(ConfigProblem.warning(
                        RestKeys.LISTENERS.name(),
                        "Passwords and tokens travel unencrypted to " + listener + " of listeners.",
                        "Use https, or a proxy in front that does; see docs/security.md."));
            }
        }
    }

    private static boolean isLoginNeeded(Config config) {
        return config.get(RestKeys.AUTHENTICATION).stream().anyMatch(login -> login != RestLogin.NONE);
    }

    private static List<URI> listeners(Config config) {
        List<URI> all = new ArrayList<>(config.get(RestKeys.LISTENERS));
        config.find(RestKeys.ADMIN_LISTENERS).ifPresent(all::addAll);
        return all;
    }

    static void noteUnusedTls(Config config, ConfigProblems problems) {
        boolean hasTls = listeners(config).stream().anyMatch(listener -> "https".equals(listener.getScheme()));
        if (!hasTls && config.isSet(TlsKeys.KEY_STORE)) {
            problems.add(ConfigProblem.note(
                    TlsKeys.KEY_STORE.name(),
                    "Setting ssl.keystore.location has no effect: no listener begins with https.",
                    null));
        }
    }
}
