package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.ConfigException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address as users write it. Read by hand: hosts with an underscore, which containers have, are none for {@link java.net.URI}.
 *
 * @param host the host; in brackets if it is an address of IPv6
 * @param port the port, or -1
 * @param path the path from its slash on, without one at the end; empty for none
 */
record ParsedUrl(String host, int port, String path) {
    private static final Pattern FORM = Pattern.compile(
            "(?:(?<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?<host>[\\p{L}\\p{N}._-]+|\\[[0-9A-Fa-f:.%]+])(?::(?<port>\\d{1,5}))?"
                    + "(?<path>/[^?#\\s]*)?");
    private static final int PORT_MAX = 65_535;

    static ParsedUrl of(String url) {
        String stripped = url.strip();
        int authorityEnd = stripped.indexOf('/', stripped.contains("://") ? stripped.indexOf("://") + 3 : 0);
        String authority = authorityEnd < 0 ? stripped : stripped.substring(0, authorityEnd);
        if (authority.contains("@")) {
            throw new ConfigException(
                    "Cannot use an address of connection.url: it has a user in it, and addresses are shown."
                            + " Give connection.username and connection.password instead.");
        }
        Matcher form = FORM.matcher(stripped);
        if (!form.matches()) {
            throw wrong(stripped, "it must be like https://host:9200 or https://host:9200/path");
        }
        String scheme = form.group("scheme");
        if (scheme != null && !scheme.toLowerCase(Locale.ROOT).matches("https?")) {
            throw wrong(stripped, "its scheme must be http or https");
        }
        int port = form.group("port") == null ? -1 : Integer.parseInt(form.group("port"));
        if (port == 0 || port > PORT_MAX) {
            throw wrong(stripped, "its port must be between 1 and " + PORT_MAX);
        }
        String path = form.group("path") == null ? "" : form.group("path").replaceAll("/+$", "");
        return new ParsedUrl(form.group("host"), port, path);
    }

    private static ConfigException wrong(String url, String why) {
        return new ConfigException("Cannot use connection.url=" + url + ": " + why + ".");
    }
}
