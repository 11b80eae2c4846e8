/**
 * Reads and writes JPEG streams (ITU-T T.81): Huffman-coded, eight bits, baseline to progressive.
 */
@NullMarked
package dev.rendition.local.jpeg;

import org.jspecify.annotations.NullMarked;
