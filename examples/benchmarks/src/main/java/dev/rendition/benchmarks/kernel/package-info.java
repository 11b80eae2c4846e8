/** The engine's parts measured alone with JMH. */
@NullMarked
package dev.rendition.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
