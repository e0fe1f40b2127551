package dev.sluice.broker.handler;

import dev.sluice.broker.log.Subscription;
import dev.sluice.broker.security.Login;
import java.util.concurrent.Executor;

/** A connection as handlers see it, and its one thread: steps given to it run one after another. Any thread may call. */
public interface EventLoop extends Executor {
    /**
     * Runs a step later.
     *
     * @param delayMillis how much later
     * @param step the step
     * @return calls it off
     */
    Subscription after(long delayMillis, Runnable step);

    /**
     * Runs a step when the broker stops, so that what waits for a client can end. Call on the event loop only.
     *
     * @param step the step; runs at once where the stop has begun
     * @return calls it off; on the event loop only
     */
    Subscription onStop(Runnable step);

    /** Returns who the client is, and how far it has come in saying so. On the event loop only. */
    Login login();

    /** Returns the appends of this connection that wait for room in the log. */
    Backlog backlog();
}
