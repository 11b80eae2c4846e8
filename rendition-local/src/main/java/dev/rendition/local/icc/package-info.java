/**
 * Turns colours of any ICC profile, of Lab and of plain CMYK into sRGB, with our own arithmetic.
 */
@NullMarked
package dev.rendition.local.icc;

import org.jspecify.annotations.NullMarked;
