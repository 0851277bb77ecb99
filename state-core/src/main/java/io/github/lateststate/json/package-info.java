/**
 * For callers whose records are JSON. {@code Jackson3Decoder} needs {@code tools.jackson.core:jackson-databind} on the
 * class path; a module that uses it requires {@code tools.jackson.databind}. {@code JsonDecoder} needs
 * {@code com.fasterxml.jackson.core:jackson-databind} on the class path; a module that uses it requires
 * {@code com.fasterxml.jackson.databind}.
 */
@NullMarked
package io.github.lateststate.json;

import org.jspecify.annotations.NullMarked;
