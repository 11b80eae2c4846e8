/** The engines compared, each in a JVM of its own that a parent tells over a pipe what to do. */
@NullMarked
package dev.rendition.benchmarks.candidate;

import org.jspecify.annotations.NullMarked;
