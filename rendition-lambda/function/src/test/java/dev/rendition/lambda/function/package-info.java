@NullMarked
package dev.rendition.lambda.function;

import org.jspecify.annotations.NullMarked;
