/** The one door: makes the renditions of an original, stores them and links to them. */
@NullMarked
package dev.rendition;

import org.jspecify.annotations.NullMarked;
