/**
 * Changes the size of planes: row by row, from any window of them, into any of the eight
 * orientations.
 */
@NullMarked
package dev.rendition.local.resample;

import org.jspecify.annotations.NullMarked;
