package dev.sluice.broker.log;

/** Ends a subscription; closing it twice does no harm. */
@FunctionalInterface
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
