package dev.sluice.testkit.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Random faults for bulk requests: a rule for {@link FaultProxy#rule}. The same seed gives the same faults to the same sequence
 * of requests; with several connections the sequence differs from run to run, and the seed still tells the mixture.
 */
public final class Storm implements Function<Exchange, Fault> {
    private static final Logger LOG = LoggerFactory.getLogger(Storm.class);
    private static final Duration SLOW_MAX = Duration.ofMillis(200);

    private final Random random;
    private final double share;

    private Storm(Random random, double share) {
        this.random = random;
        this.share = share;
    }

    /**
     * Begins a storm and logs its seed.
     *
     * @param seed what the faults follow from
     * @param share how many of the requests are hit, 0 to 1
     */
    public static Storm of(long seed, double share) {
        LOG.atInfo().addKeyValue("seed", seed).addKeyValue("share", share).log("storm begins");
        return new Storm(new Random(seed), share);
    }

    @Override
    public synchronized Fault apply(Exchange exchange) {
        if (!exchange.isBulk() || random.nextDouble() >= share) {
            return Fault.none();
        }
        List<Fault> faults = List.of(
                refuse(Refusal.REJECTED),
                refuse(Refusal.REJECTED),
                refuse(Refusal.UNAVAILABLE),
                refuse(Refusal.DISK_FULL),
                Fault.status(429),
                Fault.status(503),
                Fault.status(429, Duration.ofSeconds(1)),
                Fault.twice(),
                Fault.resetBefore(),
                Fault.resetAfter(),
                Fault.cutAnswer(),
                Fault.slow(Duration.ofMillis(1 + random.nextInt((int) SLOW_MAX.toMillis()))));
        return faults.get(random.nextInt(faults.size()));
    }

    private Fault refuse(Refusal refusal) {
        // By the id's hash, so that an item's fate in one request is one and the same when asked twice.
        int salt = random.nextInt();
        int among = 2 + random.nextInt(5);
        return Fault.refuseItems(refusal, item -> Math.floorMod(item.id().hashCode() * 31 + salt, among) == 0);
    }
}
