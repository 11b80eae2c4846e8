/** Closes a cycle with the package in front of it. */
@NullMarked
package dev.rendition.architecture.offence.back;

import org.jspecify.annotations.NullMarked;
