/** Records what is logged, for tests that look at it. */
@NullMarked
package dev.rendition.logging;

import org.jspecify.annotations.NullMarked;
