/**
 * The vocabulary of recipes: sizes, operations, encodings, and their one-line text form. Values
 * only, no I/O.
 */
@NullMarked
package dev.rendition.recipe;

import org.jspecify.annotations.NullMarked;
