/** Bytes by key: names, sources, stores and links. */
@NullMarked
package dev.rendition.asset;

import org.jspecify.annotations.NullMarked;
