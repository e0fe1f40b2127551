package dev.sluice.runtime.plugin;

import dev.sluice.api.plugin.PluginDescriptor;

/** Carries a failed creation to where it is put into words. */
final class PluginFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PluginFailure(Throwable cause) {
        super(cause);
    }

    /** Returns a sentence about what failed and one about what to do. */
    static String words(Location location, PluginDescriptor descriptor, Throwable failure) {
        Throwable cause = failure instanceof PluginFailure && failure.getCause() != null ? failure.getCause() : failure;
        return "Cannot create %s %s of %s: %s"
                .formatted(
                        KindWords.of(descriptor.kind()),
                        descriptor.className(),
                        location.path(),
                        reason(descriptor, cause));
    }

    private static String reason(PluginDescriptor descriptor, Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        if (cause instanceof UnsupportedClassVersionError) {
            return "it was compiled for a newer Java than " + Runtime.version().feature() + " (" + message
                    + "). Run a newer Java or install a version of the plugin for this one.";
        }
        if (cause instanceof ClassNotFoundException || isMissingClass(cause, message)) {
            return missing(message.replace('/', '.'));
        }
        if (cause instanceof NoSuchMethodException) {
            return "it has no public constructor without arguments. Its author must add one.";
        }
        if (cause instanceof InstantiationException || cause instanceof IllegalAccessException) {
            return "the class is abstract or not public. Its author must name a public class in the service file.";
        }
        if (cause instanceof ClassCastException) {
            return "it does not implement " + descriptor.kind().type().getName() + ". Its author must correct the "
                    + "service file that names it.";
        }
        if (cause instanceof LinkageError) {
            return "its jars do not fit together or were built for another version of the plugin API (" + cause
                    + "). Install one consistent set of jars.";
        }
        return "its constructor failed with " + cause + ". See the cause in the log of the worker.";
    }

    /** Tells a missing class from one whose static initialisation failed earlier, which has a sentence as its message. */
    private static boolean isMissingClass(Throwable cause, String message) {
        return cause instanceof NoClassDefFoundError && !message.contains(" ");
    }

    private static String missing(String className) {
        if (className.startsWith("dev.sluice.api.")) {
            return "class " + className + " is not part of this version of the plugin API. Install a version of the "
                    + "plugin that fits this worker.";
        }
        return "class " + className + " is missing there; plugins do not see the worker's own libraries. Add the jar "
                + "that holds it to the plugin's folder.";
    }
}
