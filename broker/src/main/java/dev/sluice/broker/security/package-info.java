/**
 * Who may use the broker: {@link dev.sluice.broker.security.Tls} encrypts the connections of a listener and reads names from
 * certificates, {@link dev.sluice.broker.security.Login} asks a client for user and password. Their key files are read
 * on blocking threads; passwords are checked on threads of their own, because that is slow on purpose; the state of a login belongs
 * to the event loop of its connection.
 */
@NullMarked
package dev.sluice.broker.security;

import org.jspecify.annotations.NullMarked;
