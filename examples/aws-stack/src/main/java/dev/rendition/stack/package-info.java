/** Describes the AWS resources around the function, and writes them as CloudFormation templates. */
@NullMarked
package dev.rendition.stack;

import org.jspecify.annotations.NullMarked;
