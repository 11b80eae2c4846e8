package dev.rendition.s3;

import dev.rendition.asset.AssetAttributes;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * What every object of a store is written with.
 *
 * @param acl a canned access control list such as {@code public-read}; empty for none, which is
 *     what buckets made since 2023 expect
 * @param encryption {@code AES256}, {@code aws:kms} or {@code aws:kms:dsse}; empty for the bucket's
 *     own
 * @param kmsKey the id or ARN of the key of {@code aws:kms}; empty for the account's own
 */
record S3Writing(String acl, String encryption, String kmsKey) {
  static final S3Writing PLAIN = new S3Writing("", "", "");

  PutObjectRequest.Builder put(
      String bucket, String object, String mediaType, String version, AssetAttributes attributes) {
    PutObjectRequest.Builder request =
        PutObjectRequest.builder()
            .bucket(bucket)
            .key(object)
            .contentType(mediaType)
            .metadata(UserMetadata.of(version, attributes));
    set(attributes.cacheControl(), request::cacheControl);
    set(acl, request::acl);
    set(encryption, request::serverSideEncryption);
    set(kmsKey, request::ssekmsKeyId);
    return request;
  }

  CreateMultipartUploadRequest begin(
      String bucket, String object, String mediaType, String version, AssetAttributes attributes) {
    CreateMultipartUploadRequest.Builder request =
        CreateMultipartUploadRequest.builder()
            .bucket(bucket)
            .key(object)
            .contentType(mediaType)
            .metadata(UserMetadata.of(version, attributes));
    set(attributes.cacheControl(), request::cacheControl);
    set(acl, request::acl);
    set(encryption, request::serverSideEncryption);
    set(kmsKey, request::ssekmsKeyId);
    return request.build();
  }

  private static void set(String value, Consumer<String> header) {
    if (!value.isEmpty()) {
      header.accept(value);
    }
  }
}
