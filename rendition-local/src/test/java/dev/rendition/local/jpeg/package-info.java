/** Tests of the JPEG codec, against streams built by hand, the JDK's codec and a corpus. */
@NullMarked
package dev.rendition.local.jpeg;

import org.jspecify.annotations.NullMarked;
