package dev.sluice.testkit.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What holds for connectors of both kinds: validation, task settings, and that stopping leaves nothing behind.
 *
 * @param <C> the connector's interface
 */
public abstract class ConnectorBehaviour<C extends Connector> extends PluginBehaviour<C> {
    private final ThreadCheck threads = new ThreadCheck();

    ConnectorBehaviour() {}

    /** Starts a connector with the settings of the test. */
    abstract void start(C connector);

    /** Whether the work is divided among several tasks. */
    abstract boolean splits();

    /**
     * Returns whether a thread may go on after connector and tasks were stopped, because it belongs to a library and serves
     * the whole process. False by default; threads of the JDK are known.
     */
    protected boolean mayOutliveTasks(Thread thread) {
        return false;
    }

    /** Returns how long any call, and any wait for records, may take; raise it for an outside that is slow. */
    protected Duration patience() {
        return Waiting.PATIENCE;
    }

    @BeforeEach
    final void noteThreads() {
        threads.note();
    }

    @AfterEach
    final void checkThreads() {
        threads.check(this::mayOutliveTasks);
    }

    @Override
    ConfigValidation validate(Map<String, String> settings) {
        return newPlugin().validate(settings, ValidationProbe.OFFLINE);
    }

    @Test
    void dividesIntoNoMoreTasksThanAllowed() {
        for (int tasksMax : new int[] {1, 2, 5}) {
            assertThat(taskSettings(tasksMax)).hasSizeLessThanOrEqualTo(splits() ? tasksMax : 1);
        }
    }

    @Test
    void hasWorkForATask() {
        assertThat(taskSettings(1)).hasSize(1);
    }

    @Test
    void givesTasksSettingsThatTheyAccept() {
        assertThat(taskSettings(3))
                .allSatisfy(settings -> assertThat(
                                newPlugin().taskConfigSpec().validate(settings).errors())
                        .isEmpty());
    }

    @Test
    void stopsAConnectorThatNeverStarted() {
        C connector = newPlugin();
        connector.stop();
        assertThat(connector.configSpec().keys()).isNotNull();
    }

    @Test
    void closesAsItStops() {
        C connector = newPlugin();
        start(connector);
        connector.close();
        assertThat(taskSettings(1))
                .as("a new connector works after the old one was closed")
                .hasSize(1);
    }

    /** Returns the task settings of a connector that was started and stopped for them. */
    final List<Map<String, String>> taskSettings(int tasksMax) {
        C connector = newPlugin();
        start(connector);
        try {
            return List.copyOf(connector.taskConfigs(tasksMax));
        } finally {
            connector.stop();
        }
    }

    /** Returns the settings of a single task that does all the work. */
    final Map<String, String> taskSettings() {
        return taskSettings(1).get(0);
    }
}
