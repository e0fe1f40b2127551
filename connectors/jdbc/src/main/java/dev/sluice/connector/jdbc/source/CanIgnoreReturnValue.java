package dev.sluice.connector.jdbc.source;

import java.lang.annotation.ElementType;
import java.lang.annotation.Target;

/** Tells the compiler's checks, which know it by its name, that a method returns its own object only for chaining. */
@Target(ElementType.METHOD)
@interface CanIgnoreReturnValue {}
