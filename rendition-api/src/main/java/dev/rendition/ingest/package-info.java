/** Takes originals in from files, streams, URLs and archives, all of them hostile until judged. */
@NullMarked
package dev.rendition.ingest;

import org.jspecify.annotations.NullMarked;
