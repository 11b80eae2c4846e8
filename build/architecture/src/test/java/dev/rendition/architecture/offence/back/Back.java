package dev.rendition.architecture.offence.back;

import dev.rendition.architecture.offence.front.Front;

/** Needs what lies in front of it. */
public interface Back {
  Front before();
}
