/** Prints. */
@NullMarked
package dev.rendition.architecture.offence.printing;

import org.jspecify.annotations.NullMarked;
