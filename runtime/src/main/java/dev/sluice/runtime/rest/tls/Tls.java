package dev.sluice.runtime.rest.tls;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.config.TlsConfig;
import dev.sluice.runtime.config.TlsConfig.ClientCertificates;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.GeneralSecurityException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TLS of REST listeners, spoken by Vert.x. Keys are asked for at each handshake on any thread; {@link #load} and {@link
 * #reloadIfChanged} read files.
 */
public final class Tls {
    private static final Logger LOG = LoggerFactory.getLogger(Tls.class);

    private final TlsConfig config;
    private volatile KeyMaterial material;
    private volatile String stamp;

    private Tls(TlsConfig config, String stamp, KeyMaterial material) {
        this.config = config;
        this.stamp = stamp;
        this.material = material;
    }

    /**
     * Reads keys and certificates. Blocks.
     *
     * @throws ConfigException naming the setting, the file and what is wrong with it
     */
    public static Tls load(TlsConfig config) {
        requireKnown(
                config, "ssl.enabled.protocols", config.protocols(), supported().getProtocols());
        requireKnown(config, "ssl.cipher.suites", config.ciphers(), supported().getCipherSuites());
        Tls tls = new Tls(config, stamp(config), KeyMaterial.load(config));
        tls.warnOfOpenTrust();
        return tls;
    }

    private static SSLParameters supported() {
        try {
            return SSLContext.getDefault().getSupportedSSLParameters();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK should have TLS", e);
        }
    }

    private static void requireKnown(TlsConfig config, String key, List<String> given, String[] known) {
        for (String name : given) {
            if (!List.of(known).contains(name)) {
                throw new ConfigException(List.of(ConfigProblem.error(
                        config.name(key),
                        "Cannot use " + config.name(key) + "=" + name + " for REST: this JVM does not know it.",
                        "Use one of " + String.join(", ", known) + ".")));
            }
        }
    }

    private void warnOfOpenTrust() {
        if (config.clientCertificates() != ClientCertificates.NONE && material.trust() == null) {
            LOG.atWarn()
                    .log("REST takes clients with a certificate of any public authority: "
                            + config.name("ssl.truststore.location") + " is missing");
        }
    }

    /** Lets a server speak TLS. */
    public void addTo(HttpServerOptions options) {
        options.setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(KeyCertOptions.wrap(new CurrentKeys(() -> material.keys())))
                .setEnabledSecureTransportProtocols(new LinkedHashSet<>(config.protocols()))
                .setClientAuth(clientAuth());
        config.ciphers().forEach(options::addEnabledCipherSuite);
        if (material.trust() != null) {
            options.setTrustOptions(
                    TrustOptions.wrap(new CurrentTrust(() -> Objects.requireNonNull(material.trust(), "trust"))));
        }
    }

    private ClientAuth clientAuth() {
        return switch (config.clientCertificates()) {
            case NONE -> ClientAuth.NONE;
            case REQUESTED -> ClientAuth.REQUEST;
            case REQUIRED -> ClientAuth.REQUIRED;
        };
    }

    /** Reads the files again if one has changed, for new connections. A file that cannot be used changes nothing. Blocks. */
    public void reloadIfChanged() {
        String current = stamp(config);
        if (current.equals(stamp)) {
            return;
        }
        stamp = current;
        try {
            material = KeyMaterial.load(config);
            LOG.atInfo().log("key and certificates of REST were read again");
        } catch (ConfigException e) {
            LOG.atWarn()
                    .addKeyValue("error", e.getMessage())
                    .log("changed key or certificates of REST cannot be used; the ones before stay");
        }
    }

    private static String stamp(TlsConfig config) {
        return stamp(config.keyStore().location()) + stamp(config.trustStore().location());
    }

    private static String stamp(Optional<String> location) {
        try {
            if (location.isPresent()) {
                BasicFileAttributes found = Files.readAttributes(Path.of(location.get()), BasicFileAttributes.class);
                return found.lastModifiedTime() + "/" + found.size() + ";";
            }
        } catch (IOException | InvalidPathException e) {
            return "unreadable;";
        }
        return "none;";
    }
}
