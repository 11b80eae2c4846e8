package dev.rendition.local.engine;

import dev.rendition.local.jpeg.DecoderScratch;
import dev.rendition.local.jpeg.JpegDecoder;
import dev.rendition.local.jpeg.JpegException;
import dev.rendition.local.jpeg.JpegLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Path;

/**
 * Chooses the lane of a source by its first bytes: our JPEG decoder where it can, the portable
 * readers otherwise.
 */
final class LaneSources {
  /**
   * The most bytes of segments before the picture; what lies in them is read, or kept for the other
   * lane.
   */
  private static final int MAX_METADATA = 16 << 20;

  private final SourceLimits limits;
  private final Path spoolFolder;
  private final DecoderScratch scratch = new DecoderScratch();

  LaneSources(SourceLimits limits, Path spoolFolder) {
    this.limits = limits;
    this.spoolFolder = spoolFolder;
  }

  /**
   * Reads the header of a source.
   *
   * @param stream read from the front; it stays open and is read on while the lane is fed
   * @throws StepException if the source is refused
   */
  LaneSource open(InputStream stream, Cancellation cancellation) throws IOException {
    LimitedStream limited = new LimitedStream(stream, limits.maxBytes(), cancellation);
    byte[] start = limited.readNBytes(3);
    InputStream whole = new SequenceInputStream(new ByteArrayInputStream(start), limited);
    if (start.length == 3 && (start[0] & 0xff) == 0xff && (start[1] & 0xff) == 0xd8) {
      return jpeg(whole, cancellation);
    }
    return portable(whole, "no other lane for this format", cancellation);
  }

  private LaneSource jpeg(InputStream stream, Cancellation cancellation) throws IOException {
    RecordingStream recording = new RecordingStream(stream);
    String why;
    try {
      JpegLimits bounds =
          new JpegLimits(limits.maxPixels(), limits.maxScans(), MAX_METADATA, limits.strict());
      JpegDecoder decoder = JpegDecoder.open(recording, bounds, scratch);
      if (decoder.header().unsupportedBecause().isEmpty()) {
        recording.forget();
        JpegLane lane = new JpegLane(decoder);
        limits.checkSize(lane.stored());
        return lane;
      }
      why = decoder.header().unsupportedBecause().get();
    } catch (JpegException e) {
      if (e.kind() != JpegException.Kind.UNSUPPORTED) {
        throw JpegLane.translated(e);
      }
      why = String.valueOf(e.getMessage());
    }
    return portable(recording.replay(), why, cancellation);
  }

  private LaneSource portable(InputStream stream, String why, Cancellation cancellation)
      throws IOException {
    Spool spool = Spool.of(stream, spoolFolder, limits, cancellation);
    try {
      SourceHeader header = SourceProbe.probe(spool.bytes());
      limits.check(header);
      return new PortableSource(spool, header, why);
    } catch (IOException | RuntimeException e) {
      spool.close();
      throw e;
    }
  }
}
