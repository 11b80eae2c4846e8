/** Closes a cycle with the package behind it. */
@NullMarked
package dev.rendition.architecture.offence.front;

import org.jspecify.annotations.NullMarked;
