/** Decodes and encodes JPEG, row by row, in planes, at reduced size where less will do. */
@NullMarked
package dev.rendition.local.jpeg;

import org.jspecify.annotations.NullMarked;
