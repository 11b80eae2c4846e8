package dev.rendition.lambda.function;

import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import dev.rendition.lambda.LambdaRenditionGenerator;
import dev.rendition.lambda.emulator.EmulatedFunction;
import dev.rendition.lambda.emulator.FunctionDefinition;
import dev.rendition.lambda.emulator.LambdaEmulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** S3, Lambda and the deployed zip, as the client of rendition-lambda meets them. */
final class Cloud implements AutoCloseable {
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** What function.md has a function's JAVA_TOOL_OPTIONS be. */
  static final String DOCUMENTED_FLAGS = "-XX:+TieredCompilation -XX:TieredStopAtLevel=4";

  private static final Path ZIP = Path.of("target", "rendition-function.zip");

  private final S3Server s3;
  private final LambdaEmulator lambda;
  private final S3Server.Buckets buckets;
  private final AssetStore originals;
  private final AssetStore renditions;

  private Cloud(S3Server s3, LambdaEmulator lambda, S3Server.Buckets buckets) {
    this.s3 = s3;
    this.lambda = lambda;
    this.buckets = buckets;
    this.originals = buckets.originalStore();
    this.renditions = buckets.renditionStore();
  }

  /** Starts it with two buckets and no function. Queues run a hundred times as fast. */
  static Cloud start() throws Exception {
    S3Server s3 = new S3Server();
    return new Cloud(s3, emulator(0), s3.newBuckets());
  }

  /** Starts a Lambda whose functions have the rights to {@link S3Server}; port 0 for any. */
  static LambdaEmulator emulator(int port) throws IOException {
    return LambdaEmulator.builder()
        .credentials(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)
        .timeScale(0.01)
        .port(port)
        .start();
  }

  /** Describes the function over the two buckets. */
  FunctionDefinition.Builder definition(String name) {
    return FunctionDefinition.of(name, ZIP, RenditionFunction.class.getName())
        .memory(512)
        .timeout(TIMEOUT)
        .environment(buckets.variables());
  }

  EmulatedFunction deploy(String name) throws IOException {
    return deploy(name, UnaryOperator.identity());
  }

  EmulatedFunction deploy(String name, UnaryOperator<FunctionDefinition.Builder> more)
      throws IOException {
    return lambda.deploy(more.apply(definition(name)).build());
  }

  LambdaEmulator lambda() {
    return lambda;
  }

  S3Server s3() {
    return s3;
  }

  S3Server.Buckets buckets() {
    return buckets;
  }

  AssetStore originals() {
    return originals;
  }

  AssetStore renditions() {
    return renditions;
  }

  /** Begins a client of a function deployed here. */
  LambdaRenditionGenerator.Builder client(EmulatedFunction function) {
    return client(lambda, function.name());
  }

  static LambdaRenditionGenerator.Builder client(LambdaEmulator lambda, String function) {
    return LambdaRenditionGenerator.builder(function)
        .endpoint(lambda.endpoint())
        .region(lambda.region())
        .functionTimeout(TIMEOUT)
        .credentials(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)));
  }

  AssetInfo original(String key, byte[] bytes) throws IOException {
    return originals.put(AssetKey.parse(key), AssetSource.ofBytes(bytes, "image/jpeg"));
  }

  /** Returns every object of a tenant in the renditions' bucket: its path and its bytes. */
  Map<String, byte[]> made(String tenant) throws IOException {
    return made(tenant, "");
  }

  /** Returns those whose path begins with a prefix. */
  Map<String, byte[]> made(String tenant, String prefix) throws IOException {
    Map<String, byte[]> made = new TreeMap<>();
    for (AssetKey key : keys(renditions, tenant, prefix)) {
      try (AssetContent content = renditions.open(key)) {
        made.put(key.path(), content.stream().readAllBytes());
      }
    }
    return made;
  }

  static List<AssetKey> keys(AssetStore store, String tenant, String prefix) throws IOException {
    try (Stream<AssetKey> keys = store.keys(tenant, prefix)) {
      return keys.toList();
    }
  }

  @Override
  public void close() throws IOException {
    try (s3;
        originals;
        renditions) {
      lambda.close();
    }
  }
}
