/** Tests of the emulator, with real processes and the SDK's clients. */
@NullMarked
package dev.rendition.lambda.emulator;

import org.jspecify.annotations.NullMarked;
