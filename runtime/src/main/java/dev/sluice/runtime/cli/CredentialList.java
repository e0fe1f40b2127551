package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigException;
import dev.sluice.runtime.rest.access.CredentialFile;
import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import dev.sluice.runtime.rest.access.Role;

/** What the commands for users and for tokens of REST do with their file. */
record CredentialList(CredentialFile file, String what, Terminal terminal) {
    void add(Credential credential) {
        boolean wasThere = file.put(credential);
        terminal.say(what + " " + credential.user().name() + " has role "
                + credential.user().role().word() + (wasThere ? ", and what was known before is forgotten." : "."));
        terminal.say("A running worker that uses " + file.path() + " knows it within ten seconds.");
    }

    void delete(String name) {
        if (!file.remove(name)) {
            throw new ConfigException("Cannot delete " + name + ": " + file.path()
                    + " does not have it. List what is there, or give the right --file.");
        }
        terminal.say(what + " " + name + " is deleted. A running worker notices within ten seconds.");
    }

    void list() {
        file.read()
                .values()
                .forEach(known -> terminal.say(
                        known.user().name() + "  " + known.user().role().word()));
    }

    /** Refuses the role that is nobody's. */
    static Role requireGiven(Role role) {
        if (role == Role.ANYONE) {
            throw new ConfigException("Cannot use --role anyone: it is nobody's. Use read, operate or admin.");
        }
        return role;
    }
}
