/** Hostile bytes, names, archives and servers. */
@org.jspecify.annotations.NullMarked
package dev.rendition.ingest;
