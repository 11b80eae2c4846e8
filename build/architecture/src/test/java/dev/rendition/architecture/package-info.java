/** Checks who imports whom: the module table, and no cycles between the packages of a module. */
@NullMarked
package dev.rendition.architecture;

import org.jspecify.annotations.NullMarked;
