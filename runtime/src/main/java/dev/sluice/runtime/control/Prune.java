package dev.sluice.runtime.control;

/** What happens to stored connectors that came from files which are not given any more. */
public enum Prune {
    /** They stay as they are stored. */
    KEEP_OTHERS,
    /** They are deleted, with their statuses; their topics and offsets stay. */
    DELETE_OTHERS_FROM_FILES
}
