/**
 * Proves backends: contracts to extend, stores that fail on command, drawn pictures, assertions.
 */
@NullMarked
package dev.rendition.testkit;

import org.jspecify.annotations.NullMarked;
