package dev.sluice.runtime.rest;

import dev.sluice.runtime.rest.access.Admission;
import dev.sluice.runtime.rest.access.RestUser;
import java.util.Map;

/** What those are answered who are not let in. */
final class AccessAnswers {
    private AccessAnswers() {}

    static Answer unknown(Admission.Refused refused, String challenge) {
        return Answer.error(401, "User cannot access the resource.", Map.of("fix", refused.fix()))
                .withHeader("WWW-Authenticate", challenge);
    }

    static Answer delayed(Admission.Delayed delayed) {
        return Answer.error(
                        429,
                        "Cannot look at the login: " + delayed.why() + ". Try again in " + delayed.seconds() + " s.",
                        Map.of())
                .withHeader("Retry-After", Long.toString(delayed.seconds()));
    }

    static Answer forbidden(RestUser user, Endpoint endpoint) {
        String needed = endpoint.description().role().word();
        return Answer.error(
                403,
                "User " + user.name() + " has role " + user.role().word() + ", and " + endpoint.method() + " "
                        + endpoint.path() + " needs role " + needed + ".",
                Shapes.object("role", user.role().word(), "neededRole", needed));
    }
}
