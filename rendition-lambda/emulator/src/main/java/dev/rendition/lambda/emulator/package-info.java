/**
 * Runs Lambda functions on localhost: the service's HTTP interfaces around the genuine runtime
 * client.
 */
@NullMarked
package dev.rendition.lambda.emulator;

import org.jspecify.annotations.NullMarked;
