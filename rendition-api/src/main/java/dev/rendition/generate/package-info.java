/**
 * Asks for renditions and tells what became of them: the generator, its requests and its reports.
 */
@NullMarked
package dev.rendition.generate;

import org.jspecify.annotations.NullMarked;
