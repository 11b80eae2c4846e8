/** Serves renditions: gets or makes them, reads and writes their addresses, speaks HTTP as data. */
@NullMarked
package dev.rendition.deliver;

import org.jspecify.annotations.NullMarked;
