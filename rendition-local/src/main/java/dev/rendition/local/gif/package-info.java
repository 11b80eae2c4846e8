/** GIF streams, still or moving, written from planes. */
@NullMarked
package dev.rendition.local.gif;

import org.jspecify.annotations.NullMarked;
