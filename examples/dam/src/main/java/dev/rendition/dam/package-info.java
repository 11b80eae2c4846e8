/** A small asset management on the web, made of nothing but Rendition and the JDK's HTTP server. */
@NullMarked
package dev.rendition.dam;

import org.jspecify.annotations.NullMarked;
