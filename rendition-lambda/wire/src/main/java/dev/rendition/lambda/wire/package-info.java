/** Writes requests and their answers as JSON and reads them, between a caller and a worker. */
@NullMarked
package dev.rendition.lambda.wire;

import org.jspecify.annotations.NullMarked;
