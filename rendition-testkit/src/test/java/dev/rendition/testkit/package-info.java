/** Shows that the contracts fail where they should, and that the means work. */
@NullMarked
package dev.rendition.testkit;

import org.jspecify.annotations.NullMarked;
