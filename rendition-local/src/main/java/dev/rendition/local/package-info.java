/** Makes renditions on threads of this process, keeps assets in a folder, and signs links. */
@NullMarked
package dev.rendition.local;

import org.jspecify.annotations.NullMarked;
