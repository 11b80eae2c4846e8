package dev.rendition.s3;

import dev.rendition.generate.RenditionGenerator;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import java.util.concurrent.CompletableFuture;

/** Makes no renditions, for tests of what lies around that. */
final class Nobody implements RenditionGenerator {
  static final RenditionGenerator GENERATOR = new Nobody();

  @Override
  public CompletableFuture<RenditionReport> generate(RenditionRequest request) {
    return CompletableFuture.failedFuture(new UnsupportedOperationException("nobody works here"));
  }

  @Override
  public void close() {}
}
