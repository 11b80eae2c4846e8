/** Proves the resampler against the formulas it claims to follow. */
@NullMarked
package dev.rendition.local.resample;

import org.jspecify.annotations.NullMarked;
