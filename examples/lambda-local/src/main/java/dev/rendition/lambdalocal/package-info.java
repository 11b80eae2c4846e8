/** Starts S3, Lambda and the function on this machine and works through them. */
@NullMarked
package dev.rendition.lambdalocal;

import org.jspecify.annotations.NullMarked;
