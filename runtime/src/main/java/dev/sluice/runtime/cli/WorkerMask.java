package dev.sluice.runtime.cli;

import dev.sluice.runtime.rest.SecretMask;
import dev.sluice.runtime.secret.Masking;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mask of a worker, as REST asks for it. */
record WorkerMask(Masking masking) implements SecretMask {
    @Override
    public Map<String, String> mask(Map<String, String> config) {
        return masking.mask(config);
    }

    @Override
    public Map<String, String> maskTask(Map<String, String> connector, Map<String, String> task) {
        return masking.maskTask(connector, task);
    }

    @Override
    public Map<String, @Nullable String> unmask(Map<String, @Nullable String> given, Map<String, String> stored) {
        return masking.unmask(given, stored).config();
    }
}
