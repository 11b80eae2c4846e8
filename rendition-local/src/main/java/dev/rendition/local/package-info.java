/** Makes renditions on threads of this process. */
@NullMarked
package dev.rendition.local;

import org.jspecify.annotations.NullMarked;
