/**
 * What a backend implements to be chosen by configuration, and what a user's own operation
 * implements.
 */
@NullMarked
package dev.rendition.spi;

import org.jspecify.annotations.NullMarked;
