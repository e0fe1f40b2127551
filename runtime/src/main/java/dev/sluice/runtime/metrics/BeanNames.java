package dev.sluice.runtime.metrics;

import java.util.List;
import java.util.regex.Pattern;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;

/** Makes the names of beans, as Kafka does: a value with letters that mean something in a name is quoted. */
final class BeanNames {
    private static final Pattern PLAIN = Pattern.compile("[\\w-%. \t]*");

    private BeanNames() {}

    static ObjectName of(Family<?> family, List<String> labels) {
        StringBuilder name = new StringBuilder(family.domain()).append(":type=").append(family.type());
        for (int i = 0; i < labels.size(); i++) {
            name.append(',').append(family.labels().get(i)).append('=').append(quoted(labels.get(i)));
        }
        try {
            return new ObjectName(name.toString());
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException("a quoted name should be well-formed: " + name, e);
        }
    }

    private static String quoted(String value) {
        return PLAIN.matcher(value).matches() ? value : ObjectName.quote(value);
    }
}
