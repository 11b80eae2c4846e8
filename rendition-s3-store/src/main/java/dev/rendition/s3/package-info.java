/** Keeps assets in S3, signs links to them, and has CloudFront forget them. */
@NullMarked
package dev.rendition.s3;

import org.jspecify.annotations.NullMarked;
