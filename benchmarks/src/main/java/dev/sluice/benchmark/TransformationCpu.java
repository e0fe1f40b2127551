package dev.sluice.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Param;

/**
 * The cases of {@link TransformationBenchmark} by the CPU time of the thread and by counted records, for machines that have
 * other work to do: there, JMH's seconds pass before the code is compiled, and its wall clock counts the others' turns.
 *
 * <p>Run it by {@code mvn -Dquick package exec:exec -pl benchmarks
 * -Dbenchmark.main=dev.sluice.benchmark.TransformationCpu}. It prints the least nanoseconds per record of a few rounds.
 */
public final class TransformationCpu {
    private static final int WARMUP_ROUND_COUNT = 6;
    private static final int ROUND_COUNT = 10;
    private static final int RECORD_COUNT = 400_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final @Nullable Object[] RESULTS = new @Nullable Object[1024];

    private TransformationCpu() {}

    /** Measures all cases; arguments are not looked at. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        String[] cases = TransformationBenchmark.class
                .getField("transformation")
                .getAnnotation(Param.class)
                .value();
        for (String data : new String[] {"struct", "map"}) {
            for (String each : cases) {
                boolean needsSchema = each.startsWith("SetSchemaMetadata");
                if (!needsSchema || data.equals("struct")) {
                    measure(each, data);
                }
            }
        }
    }

    private static void measure(String transformation, String data) throws ReflectiveOperationException {
        TransformationBenchmark benchmark = new TransformationBenchmark();
        benchmark.transformation = transformation;
        benchmark.data = data;
        benchmark.configure();
        String line = String.format(
                Locale.ROOT,
                "%-7s %-85s %7.1f ours %7.1f Kafka Connect's",
                data,
                transformation,
                leastNanos(benchmark::ours),
                leastNanos(benchmark::kafkaConnect));
        System.out.println(line);
    }

    private static double leastNanos(Supplier<@Nullable Object> application) {
        double least = Double.MAX_VALUE;
        for (int round = 0; round < WARMUP_ROUND_COUNT + ROUND_COUNT; round++) {
            long began = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < RECORD_COUNT; i++) {
                RESULTS[i & (RESULTS.length - 1)] = application.get();
            }
            double nanos = (double) (THREADS.getCurrentThreadCpuTime() - began) / RECORD_COUNT;
            least = round < WARMUP_ROUND_COUNT ? least : Math.min(least, nanos);
        }
        return least;
    }
}
