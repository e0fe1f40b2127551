package dev.sluice.runtime.metrics;

import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The beans of one worker in an MBean server, kept in step with what there is. Belongs to one thread at a time. */
final class Beans {
    private static final Logger LOG = LoggerFactory.getLogger(Beans.class);

    private final MBeanServer server;
    private final Readings readings;
    private final RecordingLevel level;
    private final Clock clock;
    private final Map<Family<?>, BeanShape<?>> shapes = new HashMap<>();
    /** By labels, for making an {@link ObjectName} is dear. */
    private final Map<Key, ObjectName> registered = new HashMap<>();

    private record Key(String domain, String type, List<String> labels) {}

    Beans(MBeanServer server, Readings readings, RecordingLevel level, Clock clock) {
        this.server = server;
        this.readings = readings;
        this.level = level;
        this.clock = clock;
    }

    /** Registers what is new, and takes away what is gone. */
    void refresh() {
        Scene scene = Scene.of(readings, clock.millis());
        Set<Key> wanted = new HashSet<>();
        for (Family<?> family : Catalog.FAMILIES) {
            if (level.shows(family.level())) {
                refresh(family, scene, wanted);
            }
        }
        registered.entrySet().removeIf(entry -> {
            boolean isGone = !wanted.contains(entry.getKey());
            if (isGone) {
                remove(entry.getValue());
            }
            return isGone;
        });
    }

    private <S extends Subject> void refresh(Family<S> family, Scene scene, Set<Key> wanted) {
        family.subjects().apply(scene).forEach(subject -> {
            Key key = new Key(family.domain(), family.type(), subject.labels());
            wanted.add(key);
            registered.computeIfAbsent(key, missing -> add(family, subject.labels()));
        });
    }

    private <S extends Subject> ObjectName add(Family<S> family, List<String> labels) {
        ObjectName name = BeanNames.of(family, labels);
        try {
            Object unused =
                    server.registerMBean(new FamilyBean<>(family, shape(family), labels, readings, clock), name);
        } catch (InstanceAlreadyExistsException another) {
            LOG.atDebug().log("another worker of this process has the name {}", name);
        } catch (JMException refused) {
            LOG.atWarn().setCause(refused).log("cannot show metrics over JMX as {}", name);
        }
        return name;
    }

    /** Each family has one shape, of its own type. */
    @SuppressWarnings("unchecked")
    private <S extends Subject> BeanShape<S> shape(Family<S> family) {
        return (BeanShape<S>) shapes.computeIfAbsent(family, missing -> new BeanShape<>(family));
    }

    private void remove(ObjectName name) {
        try {
            server.unregisterMBean(name);
        } catch (InstanceNotFoundException gone) {
            LOG.atDebug().log("somebody else has taken {} away", name);
        } catch (JMException refused) {
            LOG.atWarn().setCause(refused).log("cannot take away {}", name);
        }
    }

    /** Takes all away. */
    void clear() {
        registered.values().forEach(this::remove);
        registered.clear();
    }
}
