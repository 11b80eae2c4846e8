/** Tests of the generators that work elsewhere, against an HTTP server on loopback. */
@NullMarked
package dev.rendition.lambda;

import org.jspecify.annotations.NullMarked;
