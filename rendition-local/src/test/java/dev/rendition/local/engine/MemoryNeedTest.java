package dev.rendition.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryNeedTest {
  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** All that a thread allocates is more than it holds at any moment. */
  @ParameterizedTest
  @CsvSource({
    "5, png, 3",
    "6, png, 4",
    "10, png, 1",
    "13, gif, 13",
    "5, bmp, 3",
    "5, jpeg, 6",
    "10, jpeg, 2",
    "5, tiff, 7",
    "11, tiff, 6"
  })
  void readingTakesNoMoreThanAnnounced(int type, String format, int bytesPerPixel)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(2_000, 1_500, type), format, out);
    SourceBytes source = SourceBytes.of(out.toByteArray());
    SourceHeader header = SourceProbe.probe(source);
    SourceReader.read(source, header, Cancellation.NONE);
    long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
    Picture picture = SourceReader.read(source, header, Cancellation.NONE);
    long taken = ALLOCATIONS.getCurrentThreadAllocatedBytes() - before;
    long need = SourceReader.memoryNeeded(header);
    assertThat(picture.width()).isEqualTo(2_000);
    assertThat(taken).as("bytes allocated").isLessThanOrEqualTo(need);
    assertThat(need).as("bytes announced").isLessThan((bytesPerPixel + 2L) * 3_000_000);
  }
}
