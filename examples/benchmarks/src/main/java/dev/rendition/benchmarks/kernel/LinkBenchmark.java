package dev.rendition.benchmarks.kernel;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.SignedUrl;
import dev.rendition.local.HmacUrlSigner;
import dev.rendition.s3.CloudFrontUrlSigner;
import dev.rendition.s3.S3Connection;
import dev.rendition.s3.S3UrlSigner;
import dev.rendition.s3.SignedFolder;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Private links each second, made by one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LinkBenchmark {
  private static final Duration VALIDITY = Duration.ofMinutes(10);
  private static final int KEYS = 256;

  private final AssetKey[] keys = new AssetKey[KEYS];
  private final HmacUrlSigner hmac =
      HmacUrlSigner.builder(URI.create("https://img.example.com/")).key("k1", new byte[32]).build();
  private final S3UrlSigner s3 =
      S3UrlSigner.of(
          "dam-processed/{tenant}",
          S3Connection.DEFAULT
              .region("eu-central-1")
              .credentials(
                  StaticCredentialsProvider.create(
                      AwsBasicCredentials.create("AKIDBENCHMARK", "benchmark/secret"))));
  private final CloudFrontUrlSigner cloudFront = newCloudFront();
  private final SignedFolder folder = cloudFront.signFolder("acme", "photos", VALIDITY);
  private int next;

  @Setup
  public void name() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = AssetKey.of("acme", "photos/2024/über den Wolken " + i + ".jpg/8b1a9953/card.jpg");
    }
  }

  @Benchmark
  public SignedUrl hmac() {
    return hmac.sign(key(), VALIDITY);
  }

  @Benchmark
  public SignedUrl s3() {
    return s3.sign(key(), VALIDITY);
  }

  /** One RSA signature each. */
  @Benchmark
  public SignedUrl cloudFront() {
    return cloudFront.sign(key(), VALIDITY);
  }

  /** One RSA signature for all. */
  @Benchmark
  public SignedUrl cloudFrontFolder() {
    return folder.link(key());
  }

  private AssetKey key() {
    next = (next + 1) % KEYS;
    return keys[next];
  }

  private static CloudFrontUrlSigner newCloudFront() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2_048);
      return CloudFrontUrlSigner.of(
          URI.create("https://d111111abcdef8.cloudfront.net/"),
          "K2JCJMDEHXQW5F",
          generator.generateKeyPair().getPrivate(),
          Clock.systemUTC());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
