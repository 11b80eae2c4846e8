/** Finds the notices of creator and copyright in a source's metadata, and writes them down anew. */
@NullMarked
package dev.rendition.local.notice;

import org.jspecify.annotations.NullMarked;
