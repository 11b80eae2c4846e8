/** Pictures to measure with: drawing sources, an exact reference, and the distance to it. */
@NullMarked
package dev.rendition.benchmarks.picture;

import org.jspecify.annotations.NullMarked;
