/** Makes renditions of files from the command line: bulk work, and trying the library. */
@NullMarked
package dev.rendition.cli;

import org.jspecify.annotations.NullMarked;
