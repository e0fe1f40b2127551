package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigType;
import java.util.Locale;

/** The ways in which a user of the REST API proves who it is. */
public enum RestLogin {
    /** None is needed. */
    NONE,
    /** A name and a password. */
    BASIC,
    /** A token. */
    BEARER;

    static final ConfigType<RestLogin> TYPE = ConfigType.of(
            ConfigKind.STRING,
            "none, basic or bearer",
            RestLogin::parse,
            login -> login.name().toLowerCase(Locale.ROOT));

    private static RestLogin parse(String text) {
        for (RestLogin login : values()) {
            if (login.name().equalsIgnoreCase(text.trim())) {
                return login;
            }
        }
        throw new IllegalArgumentException("it must be none, basic or bearer");
    }
}
