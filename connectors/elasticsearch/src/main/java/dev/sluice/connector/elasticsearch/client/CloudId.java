package dev.sluice.connector.elasticsearch.client;

import dev.sluice.api.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads the identifiers of deployments in Elastic Cloud: {@code NAME:BASE64}, where the second part says
 * {@code DOMAIN[:PORT]$ELASTICSEARCH[:PORT]$KIBANA}. The node is {@code https://ELASTICSEARCH.DOMAIN:PORT}; without a port, 443.
 */
final class CloudId {
    private static final int HTTPS = 443;

    private CloudId() {}

    static NodeAddress node(String id) {
        String encoded = id.substring(id.lastIndexOf(':') + 1).strip();
        String[] parts = decoded(encoded).split("\\$", -1);
        if (parts.length < 2 || parts[0].isBlank() || parts[1].isBlank()) {
            throw wrong("it does not name a domain and an Elasticsearch in it");
        }
        String[] domain = parts[0].split(":", 2);
        String[] own = parts[1].split(":", 2);
        int port = own.length == 2 ? port(own[1]) : domain.length == 2 ? port(domain[1]) : HTTPS;
        return new NodeAddress("https", own[0] + "." + domain[0], port);
    }

    private static String decoded(String encoded) {
        try {
            return new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new ConfigException(
                    "Cannot use connection.cloud.id: what follows its colon is not Base64. Copy it whole from the page"
                            + " of the deployment.",
                    notBase64);
        }
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw wrong("its port is not a number");
        }
        return Integer.parseInt(text);
    }

    private static ConfigException wrong(String why) {
        return new ConfigException(
                "Cannot use connection.cloud.id: " + why + ". Copy it whole from the page of the deployment.");
    }
}
