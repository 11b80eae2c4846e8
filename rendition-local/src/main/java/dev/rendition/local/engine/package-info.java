/** The engine: reads the header and the pixels of a source, and turns them into renditions. */
@NullMarked
package dev.rendition.local.engine;

import org.jspecify.annotations.NullMarked;
