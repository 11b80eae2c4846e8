/** Reads settings from properties or the environment and reports every mistake at once. */
@NullMarked
package dev.rendition.config;

import org.jspecify.annotations.NullMarked;
