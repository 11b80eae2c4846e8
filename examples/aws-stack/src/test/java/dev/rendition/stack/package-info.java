/** Holds the templates against what they promise. */
@NullMarked
package dev.rendition.stack;

import org.jspecify.annotations.NullMarked;
