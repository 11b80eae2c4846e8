/** Runs the engines side by side on a folder of photos and writes down what each one costs. */
@NullMarked
package dev.rendition.benchmarks;

import org.jspecify.annotations.NullMarked;
