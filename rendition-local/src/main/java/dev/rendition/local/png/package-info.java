/** PNG streams, written from planes. */
@NullMarked
package dev.rendition.local.png;

import org.jspecify.annotations.NullMarked;
