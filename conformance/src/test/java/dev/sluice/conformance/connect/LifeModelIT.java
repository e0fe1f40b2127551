package dev.sluice.conformance.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 200 random commands from four clients at once, for eight connectors: each answer has the code that the model expects, and at the end
 * every connector is what the model says, also after a {@code kill -9} of the worker. A soak run does it twenty times.
 */
@Timeout(600)
final class LifeModelIT {
    private static final int COMMANDS = 200;
    private static final int CLIENTS = 4;
    private static final int CONNECTORS = 8;
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 20 : 1;

    @TempDir
    Path temporary;

    @Test
    void endsWhereTheModelEnds() throws Exception {
        Path folder = temporary.toRealPath();
        SluiceWorker worker = SluiceWorker.start(folder, Map.of());
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long seed = Long.getLong("sluice.seed", System.nanoTime());
                System.out.println("LifeModelIT round " + round + ": -Dsluice.seed=" + seed);
                List<LifeModel> models = models(folder, round);
                command(models, seed, worker.caller());
                check(models, seed, worker.caller());

                worker.kill();
                worker = SluiceWorker.start(folder, Map.of());
                check(models, seed, worker.caller());
                for (LifeModel model : models) {
                    model.apply(LifeModel.Command.DELETE, new Random(seed), worker.caller());
                }
            }
        } finally {
            worker.close();
        }
    }

    private static List<LifeModel> models(Path folder, int round) throws Exception {
        List<LifeModel> models = new ArrayList<>();
        for (int i = 0; i < CONNECTORS; i++) {
            String name = "life-" + round + "-" + i;
            Path file = Files.writeString(folder.resolve(name + ".txt"), "one\ntwo\nsix\n");
            models.add(new LifeModel(name, file, Files.size(file)));
        }
        return models;
    }

    private static void command(List<LifeModel> models, long seed, Caller caller) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<List<String>>> running = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> clients.submit(() -> commands(models, new Random(seed + client), caller)))
                    .toList();
            for (Future<List<String>> client : running) {
                assertThat(get(client, seed)).hasSize(COMMANDS / CLIENTS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private static List<String> get(Future<List<String>> client, long seed) throws InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException failed) {
            throw new AssertionError("A client failed; -Dsluice.seed=" + seed, failed.getCause());
        }
    }

    private static List<String> commands(List<LifeModel> models, Random random, Caller caller) {
        LifeModel.Command[] all = LifeModel.Command.values();
        List<String> done = new ArrayList<>();
        for (int i = 0; i < COMMANDS / CLIENTS; i++) {
            LifeModel model = models.get(random.nextInt(models.size()));
            done.add(model.apply(all[random.nextInt(all.length)], random, caller));
        }
        return done;
    }

    private static void check(List<LifeModel> models, long seed, Caller caller) {
        String words = " as the model has it, -Dsluice.seed=" + seed;
        assertThat(caller.get("/connectors").body())
                .as("connectors" + words)
                .map(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(models.stream()
                        .filter(LifeModel::exists)
                        .map(LifeModel::name)
                        .toList());
        models.stream().filter(LifeModel::exists).forEach(model -> check(model, words, caller));
    }

    private static void check(LifeModel model, String words, Caller caller) {
        String path = "/connectors/" + model.name();
        Waiting.until(
                model + words,
                () -> isInState(model, caller.get(path + "/status").body()));
        assertThat(caller.get(path + "/config").body().path("batch.size").asInt())
                .as(model + words)
                .isEqualTo(model.batchSize());
        if (model.knowsPosition()) {
            String position = String.valueOf(model.position());
            Waiting.until(
                    "the offset of " + model + " is " + position + words,
                    () -> position(caller.get(path + "/offsets").body()).equals(position));
        }
    }

    private static boolean isInState(LifeModel model, JsonNode status) {
        JsonNode tasks = status.path("tasks");
        boolean isThere = status.at("/connector/state").asText().equals(model.state());
        return switch (model.state()) {
            case "RUNNING" ->
                isThere && tasks.size() == 1 && tasks.at("/0/state").asText().equals("RUNNING");
            case "PAUSED" ->
                isThere && (tasks.isEmpty() || tasks.at("/0/state").asText().equals("PAUSED"));
            default -> isThere && tasks.isEmpty();
        };
    }

    private static String position(JsonNode offsets) {
        return offsets.path("offsets").isEmpty()
                ? "null"
                : offsets.at("/offsets/0/offset/position").asText();
    }
}
