package dev.rendition.local.engine;

/**
 * Where one frame of an animation lies on the canvas, and for how long.
 *
 * @param x columns from the left edge of the canvas
 * @param y rows from its top edge
 * @param width of the frame in pixels, 1 or more
 * @param height of the frame in pixels, 1 or more
 * @param delayMillis how long it is shown, 0 or more
 */
public record FrameBox(int x, int y, int width, int height, int delayMillis) {}
