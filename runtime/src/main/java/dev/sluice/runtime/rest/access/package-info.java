/**
 * Who may use the REST API: users and tokens in files, passwords, roles, and how often somebody may ask.
 *
 * <p>Main types: {@link dev.sluice.runtime.rest.access.Access} decides who sends a request, {@link
 * dev.sluice.runtime.rest.access.CredentialFile} holds users and tokens. Passwords are hashed on a thread of their own,
 * everything else is decided where it is asked. The REST server and the commands for users call it.
 */
@NullMarked
package dev.sluice.runtime.rest.access;

import org.jspecify.annotations.NullMarked;
