package dev.rendition.architecture.offence.front;

import dev.rendition.architecture.offence.back.Back;

/** Needs what lies behind it, if only as an array. */
public interface Front {
  Back[] behind();
}
