package dev.rendition.local.jpeg;

/**
 * One component of a frame, as its header states it.
 *
 * @param id 0 to 255
 * @param horizontal horizontal sampling factor, 1 to 4
 * @param vertical vertical sampling factor, 1 to 4
 */
public record JpegComponent(int id, int horizontal, int vertical) {}
