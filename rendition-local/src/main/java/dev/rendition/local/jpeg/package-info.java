/** JPEG streams read and written at the level of blocks, without colour conversion. */
@NullMarked
package dev.rendition.local.jpeg;

import org.jspecify.annotations.NullMarked;
