package dev.sluice.broker.net;

import dev.sluice.broker.handler.Backlog;
import dev.sluice.broker.handler.EventLoop;
import dev.sluice.broker.log.Subscription;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Shows the event loop of one connection to handlers. */
final class VertxLoop implements EventLoop {
    private final EventExecutor executor;
    private final Backlog backlog = new Backlog(this);

    VertxLoop(EventExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void execute(Runnable step) {
        executor.execute(step);
    }

    /** Runs a step at once where the caller is on the loop already. */
    void hop(Runnable step) {
        if (executor.inEventLoop()) {
            step.run();
        } else {
            executor.execute(step);
        }
    }

    @Override
    public Backlog backlog() {
        return backlog;
    }

    @Override
    public Subscription after(long delayMillis, Runnable step) {
        Future<?> timer = executor.schedule(step, delayMillis, TimeUnit.MILLISECONDS);
        return () -> timer.cancel(false);
    }
}
