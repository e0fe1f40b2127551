import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginBundle;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * A node of Elasticsearch 8 or 9 in a JVM of its own, run from source on the module path of an unpacked server:
 * {@code ElasticsearchNode HOME CONFIG PLUGINS key=value…}. It ends when its standard input does.
 */
public class ElasticsearchNode {
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Settings.Builder settings = Settings.builder().put("path.home", home);
        for (String setting : List.of(arguments).subList(3, arguments.length)) {
            int equals = setting.indexOf('=');
            settings.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        LogConfigurator.configureESLogging();
        LogConfigurator.setClusterName("test");
        LogConfigurator.setNodeName("test");
        Environment environment = new Environment(settings.build(), Path.of(arguments[1]));
        LogConfigurator.configure(environment, true);
        Node node = new Node(
                environment,
                PluginsLoader.createPluginsLoader(
                        bundles("loadModulesBundles", home.resolve("modules")),
                        bundles("loadPluginsBundles", Path.of(arguments[2])),
                        Map.of()));
        node.start();
        System.in.transferTo(java.io.OutputStream.nullOutputStream());
        node.close();
        System.exit(0);
    }

    /** The method takes a folder in version 8, a folder and a flag in version 9. */
    @SuppressWarnings("unchecked") // A reflective call knows no types.
    private static Set<PluginBundle> bundles(String name, Path folder)
            throws IllegalAccessException, InvocationTargetException {
        for (Method method : PluginsLoader.class.getMethods()) {
            if (method.getName().equals(name)) {
                return (Set<PluginBundle>)
                        (method.getParameterCount() == 1 ? method.invoke(null, folder) : method.invoke(null, folder, false));
            }
        }
        throw new IllegalStateException("PluginsLoader has no " + name + ".");
    }
}
