package dev.sluice.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Knows the version that runs: the one that Maven wrote into the jar. */
public final class SluiceVersion {
    private static final String RESOURCE = "/META-INF/maven/dev.sluice/sluice-runtime/pom.properties";

    private SluiceVersion() {}

    /** Returns the version, or {@code development} for classes that are in no jar. */
    public static String current() {
        try (InputStream in = SluiceVersion.class.getResourceAsStream(RESOURCE)) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return properties.getProperty("version", "development");
        } catch (IOException e) {
            throw new UncheckedIOException("a resource of the own jar should be readable", e);
        }
    }
}
