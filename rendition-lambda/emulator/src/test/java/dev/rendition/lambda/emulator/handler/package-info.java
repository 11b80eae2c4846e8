/**
 * The functions the tests deploy. Never loaded by the tests themselves: they run in processes of
 * their own.
 */
@NullMarked
package dev.rendition.lambda.emulator.handler;

import org.jspecify.annotations.NullMarked;
