package dev.rendition.s3;

import dev.rendition.config.ConfigKey;
import java.time.Duration;
import java.util.List;

/** The settings of this backend. What a place says itself comes before them. */
final class S3Keys {
  /** Objects are written without an access control list. */
  static final String NO_ACL = "none";

  /** Objects are encrypted as the bucket is set up to. */
  static final String AS_THE_BUCKET = "bucket";

  static final List<String> ACLS =
      List.of(
          NO_ACL,
          "private",
          "public-read",
          "authenticated-read",
          "bucket-owner-read",
          "bucket-owner-full-control");
  static final List<String> ENCRYPTIONS =
      List.of(AS_THE_BUCKET, "AES256", "aws:kms", "aws:kms:dsse");
  static final List<String> BOOLEANS = List.of("true", "false");

  static final ConfigKey<String> REGION =
      ConfigKey.text(
          "rendition.s3.region",
          "",
          "The region of S3, such as eu-central-1; empty for what the AWS SDK finds.");
  static final ConfigKey<String> ENDPOINT =
      ConfigKey.text(
          "rendition.s3.endpoint",
          "",
          "The address of an S3-compatible store, such as https://s3.example.com; empty for AWS.");
  static final ConfigKey<String> PATH_STYLE =
      ConfigKey.word(
          "rendition.s3.path-style",
          "false",
          BOOLEANS,
          "Whether the bucket stands in the path instead of the host's name.");
  static final ConfigKey<String> ACCESS_KEY =
      ConfigKey.text(
          "rendition.s3.access-key",
          "",
          "The id of the access key; empty for the credentials the AWS SDK finds (variables, profile, role).");
  static final ConfigKey<String> SECRET_KEY =
      ConfigKey.text(
          "rendition.s3.secret-key",
          "",
          "The secret of rendition.s3.access-key. A secret: it appears in no message.");
  static final ConfigKey<String> ACL =
      ConfigKey.word(
          "rendition.s3.acl", NO_ACL, ACLS, "The access control list objects are written with.");
  static final ConfigKey<String> ENCRYPTION =
      ConfigKey.word(
          "rendition.s3.encryption",
          AS_THE_BUCKET,
          ENCRYPTIONS,
          "How objects are encrypted at rest; bucket for as the bucket is set up.");
  static final ConfigKey<String> KMS_KEY =
      ConfigKey.text(
          "rendition.s3.kms-key",
          "",
          "With rendition.s3.encryption=aws:kms: the id or ARN of the key; empty for the account's own.");
  static final ConfigKey<String> FORBIDDEN =
      ConfigKey.word(
          "rendition.s3.treat-forbidden-as-missing",
          "false",
          BOOLEANS,
          "Whether a refusal to read counts as an absent asset, for credentials that may not list.");
  static final ConfigKey<Long> PART_SIZE =
      ConfigKey.bytes(
          "rendition.s3.part-size",
          "8MiB",
          5L << 20,
          1L << 30,
          "The most bytes sent with one request; larger assets are sent in parts of this size.");
  static final ConfigKey<Integer> PARALLEL_PARTS =
      ConfigKey.count(
          "rendition.s3.parallel-parts",
          "3",
          1,
          100,
          "How many parts of one asset are sent at a time; one more is held in memory.");
  static final ConfigKey<Integer> ATTEMPTS =
      ConfigKey.count(
          "rendition.s3.attempts", "5", 1, 20, "How often a request is tried, the first included.");
  static final ConfigKey<Duration> TIMEOUT =
      ConfigKey.duration(
          "rendition.s3.timeout",
          "60s",
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "How long one attempt of a request may take.");
  static final ConfigKey<Duration> SILENCE =
      ConfigKey.duration(
          "rendition.s3.silence",
          "30s",
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "How long a silent connection is waited for.");

  static final List<ConfigKey<?>> CONNECTION =
      List.of(REGION, ENDPOINT, PATH_STYLE, ACCESS_KEY, SECRET_KEY, ATTEMPTS, TIMEOUT, SILENCE);
  static final List<ConfigKey<?>> STORE =
      List.of(ACL, ENCRYPTION, KMS_KEY, FORBIDDEN, PART_SIZE, PARALLEL_PARTS);

  private S3Keys() {}
}
