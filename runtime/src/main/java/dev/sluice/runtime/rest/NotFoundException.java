package dev.sluice.runtime.rest;

import java.io.Serial;

/** Says that a path is right but names something that is not there; answered with 404 and this message. */
final class NotFoundException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    NotFoundException(String message) {
        super(message, null, false, false);
    }
}
