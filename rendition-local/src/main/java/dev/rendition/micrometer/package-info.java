/** Shows Micrometer what a {@code Renditions} does; needs micrometer-core on the class path. */
@NullMarked
package dev.rendition.micrometer;

import org.jspecify.annotations.NullMarked;
