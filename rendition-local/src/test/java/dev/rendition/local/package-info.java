/** Tests of the local backend. */
@NullMarked
package dev.rendition.local;

import org.jspecify.annotations.NullMarked;
