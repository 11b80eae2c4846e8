/**
 * Runs the engine behind AWS Lambda: tells events apart by their shape and answers each in its way.
 * The same code serves HTTP as a plain process.
 */
@NullMarked
package dev.rendition.lambda.function;

import org.jspecify.annotations.NullMarked;
