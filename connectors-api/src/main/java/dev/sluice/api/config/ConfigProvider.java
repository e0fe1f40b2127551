package dev.sluice.api.config;

import dev.sluice.api.plugin.Plugin;
import java.util.Set;

/**
 * Looks up values that stand outside the settings: {@code ${provider:path:key}} in a setting is replaced by what the
 * provider of that name returns for the key. Its usual purpose is to keep secrets out of stored settings.
 *
 * <p>Life cycle: constructed by its public constructor without arguments, {@link #configure} once, look-ups, then
 * {@link #close} once. Look-ups may come from several threads at once and may block; the runtime calls from its blocking
 * pool and gives each call a time limit.
 */
public interface ConfigProvider extends Plugin {

    /**
     * Returns the settings of the provider itself.
     *
     * @return none unless overridden
     */
    @Override
    default ConfigSpec configSpec() {
        return ConfigSpec.of();
    }

    /**
     * Takes the settings; called once, before any look-up.
     *
     * @param config read by {@link #configSpec}
     * @throws ConfigException if the settings cannot be used
     */
    void configure(Config config);

    /**
     * Looks up all values under a path.
     *
     * @param path what stands between the colons, such as a file; empty if the setting named none
     * @return the values; empty if there is nothing under the path
     * @throws dev.sluice.api.error.ConnectorException if the look-up failed; the message holds no value
     */
    ConfigData get(String path);

    /**
     * Looks up some values under a path.
     *
     * @param path as for {@link #get(String)}
     * @param keys the keys wanted
     * @return the values of those keys that exist
     * @throws dev.sluice.api.error.ConnectorException if the look-up failed; the message holds no value
     */
    ConfigData get(String path, Set<String> keys);

    /**
     * Asks to be told when values change. The runtime restarts what uses them, as {@code config.action.reload} says.
     *
     * @param path as for {@link #get(String)}
     * @param keys the keys to watch
     * @param listener told about changes, on a thread of the provider; it returns at once
     * @return closes the subscription; closing twice does nothing
     * @throws UnsupportedOperationException unless overridden; the runtime then relies on the time that
     *     {@link ConfigData#ttl()} gives
     */
    default Subscription subscribe(String path, Set<String> keys, ChangeListener listener) {
        throw new UnsupportedOperationException(
                "Cannot subscribe to changes: " + getClass().getName()
                        + " does not support it. Its values are looked up again when their time is over.");
    }

    /** Releases files and connections. Subscriptions end too. */
    @Override
    default void close() {}

    /** Is told about changed values. */
    @FunctionalInterface
    interface ChangeListener {

        /**
         * Takes the new values.
         *
         * @param path the path subscribed to
         * @param data the values of the keys subscribed to; a key that went away is not in it
         */
        void onChange(String path, ConfigData data);
    }

    /** Stands for a subscription that can be ended. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {

        /** Ends the subscription; no call of the listener starts afterwards. */
        @Override
        void close();
    }
}
