/**
 * Keeps secrets where they belong: {@link dev.sluice.runtime.secret.SecretResolver} replaces variables of settings by what
 * config providers say, {@link dev.sluice.runtime.secret.Masking} hides secret values from whoever reads settings, {@link
 * dev.sluice.runtime.secret.Redactor} takes them out of texts that plugins and libraries write.
 *
 * <p>Stored settings are always unresolved. Resolved ones live in the memory of what runs with them, nowhere else. Parsing,
 * masking and restoring are pure; calls of providers happen on threads of their own, under a budget.
 */
@NullMarked
package dev.sluice.runtime.secret;

import org.jspecify.annotations.NullMarked;
