/** Parts of one worker's work that another worker takes over while it has nothing else to do. */
@NullMarked
package dev.rendition.local.assist;

import org.jspecify.annotations.NullMarked;
