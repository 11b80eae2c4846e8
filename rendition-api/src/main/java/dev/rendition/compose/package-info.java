/** Generators and stores made of other generators and stores. */
@NullMarked
package dev.rendition.compose;

import org.jspecify.annotations.NullMarked;
