package dev.sluice.broker.net;

import dev.sluice.broker.handler.Backlog;
import dev.sluice.broker.handler.EventLoop;
import dev.sluice.broker.log.Subscription;
import dev.sluice.broker.security.Login;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Shows the event loop of one connection to handlers. */
final class VertxLoop implements EventLoop {
    private final EventExecutor executor;
    private final Login login;
    private final Backlog backlog = new Backlog(this);
    private final Set<Step> onStop = Collections.newSetFromMap(new IdentityHashMap<>());

    /** What is to be done at the end; told apart by identity. */
    private record Step(Runnable action) {}

    private boolean isStopping;

    VertxLoop(EventExecutor executor, Login login) {
        this.executor = executor;
        this.login = login;
    }

    @Override
    public Login login() {
        return login;
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
    public Subscription onStop(Runnable step) {
        if (isStopping) {
            execute(step);
            return () -> {};
        }
        Step added = new Step(step); // the same one may be given twice
        onStop.add(added);
        return () -> onStop.remove(added);
    }

    /** Ends what waits. */
    void stop() {
        isStopping = true;
        List.copyOf(onStop).forEach(step -> step.action().run());
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
