package dev.sluice.runtime.plugin;

import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A child of the plugin path and what makes up its class path: jars, or itself.
 *
 * @param path the folder or jar, absolute
 * @param jars its jars by path; empty for a folder of class files
 */
record Location(Path path, List<JarStamp> jars) {
    Location {
        jars = List.copyOf(jars);
    }

    boolean isClassFolder() {
        return jars.isEmpty();
    }

    /** Returns whether the path and all jars are the same; a record's own equals costs 30 ms when it is first used. */
    boolean isSameAs(Location other) {
        boolean isSame = path.equals(other.path) && jars.size() == other.jars.size();
        for (int i = 0; isSame && i < jars.size(); i++) {
            isSame = jars.get(i).isSameAs(other.jars.get(i));
        }
        return isSame;
    }

    /** Returns the jars, or the folder of class files. */
    List<Path> classPath() {
        return isClassFolder()
                ? List.of(path)
                : jars.stream().map(jar -> path.resolve(jar.relativePath())).toList();
    }

    List<URL> urls() {
        List<URL> urls = new ArrayList<>();
        for (Path part : classPath()) {
            try {
                urls.add(part.toUri().toURL());
            } catch (MalformedURLException e) {
                throw new IllegalStateException("the path " + part + " of a file system has no URL", e);
            }
        }
        return urls;
    }
}
