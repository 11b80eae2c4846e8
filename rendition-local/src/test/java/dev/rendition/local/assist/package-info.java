@NullMarked
package dev.rendition.local.assist;

import org.jspecify.annotations.NullMarked;
