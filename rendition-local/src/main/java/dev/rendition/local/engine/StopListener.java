package dev.rendition.local.engine;

import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/** Lets a reader ask for cancellation at every step of progress it reports. */
final class StopListener implements IIOReadProgressListener {
  private final Cancellation cancellation;

  StopListener(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  @Override
  public void imageProgress(ImageReader source, float percentageDone) {
    cancellation.check();
  }

  @Override
  public void sequenceStarted(ImageReader source, int minIndex) {}

  @Override
  public void sequenceComplete(ImageReader source) {}

  @Override
  public void imageStarted(ImageReader source, int imageIndex) {}

  @Override
  public void imageComplete(ImageReader source) {}

  @Override
  public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

  @Override
  public void thumbnailProgress(ImageReader source, float percentageDone) {}

  @Override
  public void thumbnailComplete(ImageReader source) {}

  @Override
  public void readAborted(ImageReader source) {}
}
