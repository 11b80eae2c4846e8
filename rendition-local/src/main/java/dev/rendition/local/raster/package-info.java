/** Samples in memory: planes, and rows of them on their way from a decoder to a scaler. */
@NullMarked
package dev.rendition.local.raster;

import org.jspecify.annotations.NullMarked;
