/** Tests of the S3 backend, against a real S3 protocol on loopback. */
@NullMarked
package dev.rendition.s3;

import org.jspecify.annotations.NullMarked;
