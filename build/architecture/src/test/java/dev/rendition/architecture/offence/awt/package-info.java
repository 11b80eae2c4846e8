/** Names a class of java.desktop. */
@NullMarked
package dev.rendition.architecture.offence.awt;

import org.jspecify.annotations.NullMarked;
