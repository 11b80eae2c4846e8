/** Says under which key a rendition is stored. Pure functions, no I/O. */
@NullMarked
package dev.rendition.layout;

import org.jspecify.annotations.NullMarked;
