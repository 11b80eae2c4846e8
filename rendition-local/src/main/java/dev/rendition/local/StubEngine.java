package dev.rendition.local;

import dev.rendition.generate.FailureReason;
import dev.rendition.local.engine.*;
import dev.rendition.recipe.*;
import java.awt.image.BufferedImage;
import java.io.*;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.imageio.ImageIO;

final class StubEngine implements Engine {
  private final SourceLimits limits;
  private final Path temp;

  StubEngine(SourceLimits limits, Path temp) {
    this.limits = limits;
    this.temp = temp;
  }

  @Override
  public void render(EngineTask task, EngineSink sink) throws IOException {
    try (Spool spool = Spool.of(task.source().stream(), temp, limits, task.cancellation())) {
      SourceHeader header = SourceProbe.probe(spool.bytes());
      limits.check(header);
      task.admission().admit(header.pixels() * 8);
      Picture p = SourceReader.read(spool.bytes(), header, task.cancellation());
      int w = p.width();
      int h = p.height();
      BufferedImage image = new BufferedImage(w, h, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < h; y++) {
        for (int x = 0; x < w; x++) {
          int n = p.planes().size();
          int r = p.planes().get(0).samples()[y * w + x] & 255;
          int g = n < 3 ? r : p.planes().get(1).samples()[y * w + x] & 255;
          int b = n < 3 ? r : p.planes().get(2).samples()[y * w + x] & 255;
          image.setRGB(x, y, r << 16 | g << 8 | b);
        }
      }
      for (int i = 0; i < task.specs().size(); i++) {
        PixelSize size = PixelSize.of(w, h);
        for (Operation o : task.specs().get(i).recipe().operations()) {
          if (o instanceof Operation.Resize r) {
            size = r.fit().size(size, r.box(), r.enlarge());
          }
        }
        BufferedImage small =
            new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_INT_RGB);
        small.createGraphics().drawImage(image, 0, 0, size.width(), size.height(), null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean png = task.specs().get(i).recipe().encoding() instanceof Encoding.Png;
        if (!ImageIO.write(small, png ? "png" : "jpeg", out)) {
          throw new StepException(FailureReason.INTERNAL, "?");
        }
        sink.made(
            i,
            new Encoded(
                out.toByteArray(),
                out.size(),
                png ? "image/png" : "image/jpeg",
                size,
                Duration.ofMillis(1),
                List.of()));
      }
    }
  }
}
