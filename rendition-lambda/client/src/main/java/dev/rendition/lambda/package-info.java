/** Has renditions made elsewhere: by a function on AWS Lambda, or by a worker behind HTTP. */
@NullMarked
package dev.rendition.lambda;

import org.jspecify.annotations.NullMarked;
