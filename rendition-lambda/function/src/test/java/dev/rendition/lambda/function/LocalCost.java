package dev.rendition.lambda.function;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.RenditionReport;
import dev.rendition.generate.RenditionRequest;
import dev.rendition.generate.RenditionSpec;
import dev.rendition.local.LocalRenditionGenerator;
import dev.rendition.recipe.Recipe;
import dev.rendition.s3.S3AssetStore;
import dev.rendition.s3.S3Connection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The same work as {@link FunctionCostIT} has the function do, by the local generator. */
final class LocalCost {
  static final int WARM = 100;
  static final int TIMES = 40;
  static final String RESULT = "processor time of each: ";
  static final String[] WIDTHS = {
    "fit:1600,jpeg:80", "fit:1200,jpeg:80", "fit:800,jpeg:80", "fit:400,jpeg:80", "fit:200,jpeg:80"
  };

  private LocalCost() {}

  /**
   * Prints the milliseconds of processor time each photo took.
   *
   * @param args the endpoint of S3, the two buckets, the photo, the bytes pictures may take
   */
  public static void main(String[] args) throws Exception {
    byte[] photo = Files.readAllBytes(Path.of(args[3]));
    try (AssetStore originals = store(args[0], args[1]);
        AssetStore renditions = store(args[0], args[2]);
        LocalRenditionGenerator generator =
            LocalRenditionGenerator.builder(originals, renditions)
                .memoryBudget(Long.parseLong(args[4]))
                .build()) {
      Duration spent = Duration.ZERO;
      for (int i = 0; i < WARM + TIMES; i++) {
        // Storing the original is not part of the work.
        AssetInfo original =
            originals.put(
                AssetKey.of("local", Integer.toString(i)),
                AssetSource.ofBytes(photo, "image/jpeg"));
        Duration begin = processorTime();
        RenditionReport report = generator.generate(request(original, WIDTHS)).join();
        if (report.stored().size() != WIDTHS.length) {
          throw new IllegalStateException("failed: " + report.failed());
        }
        if (i >= WARM) {
          spent = spent.plus(processorTime().minus(begin));
        }
        if (!originals.delete(original.key())) {
          throw new IllegalStateException("not there any more: " + original.key());
        }
      }
      System.out.println(RESULT + spent.toMillis() / (double) TIMES);
    }
  }

  static RenditionRequest request(AssetInfo original, String... recipes) {
    AssetKey key = original.key();
    List<RenditionSpec> specs = new ArrayList<>();
    for (String recipe : recipes) {
      specs.add(
          new RenditionSpec(
              "r" + specs.size(),
              Recipe.parse(recipe),
              key.withPath("made/" + key.path() + "/" + specs.size())));
    }
    return RenditionRequest.of(key, specs).ofVersion(original.version());
  }

  private static AssetStore store(String endpoint, String bucket) {
    return S3AssetStore.builder(bucket)
        .connection(
            S3Connection.DEFAULT
                .endpoint(URI.create(endpoint))
                .pathStyle(true)
                .credentials(
                    StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY))))
        .build();
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
  }
}
