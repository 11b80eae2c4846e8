/** Decodes the lossy bitstream of WebP, which is a VP8 key frame (RFC 6386). */
@NullMarked
package dev.rendition.local.webp;

import org.jspecify.annotations.NullMarked;
