/** What happens to renditions after they were made: purging and making them anew. */
@NullMarked
package dev.rendition.lifecycle;

import org.jspecify.annotations.NullMarked;
