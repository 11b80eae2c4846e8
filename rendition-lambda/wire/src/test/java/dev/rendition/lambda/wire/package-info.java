/** Tests of the wire. */
@NullMarked
package dev.rendition.lambda.wire;

import org.jspecify.annotations.NullMarked;
