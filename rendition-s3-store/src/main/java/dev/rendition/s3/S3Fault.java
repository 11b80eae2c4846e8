package dev.rendition.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** The one place where exceptions of the AWS SDK become ours: what failed, why, what to do. */
final class S3Fault {
  private static final int PRECONDITION_FAILED = 412;
  private static final int CONFLICT = 409;
  private static final int NOT_FOUND = 404;
  private static final int FORBIDDEN = 403;
  private static final int MOVED = 301;

  private S3Fault() {}

  /** Returns whether a conditional write found the key taken. */
  static boolean isTaken(SdkException problem) {
    return status(problem) == PRECONDITION_FAILED;
  }

  /** Returns whether a conditional write met another one of the same key, and may be repeated. */
  static boolean isConflict(SdkException problem) {
    return status(problem) == CONFLICT;
  }

  /** Returns whether there is no such object; a missing bucket is something else. */
  static boolean isMissing(SdkException problem) {
    return status(problem) == NOT_FOUND && !code(problem).equals("NoSuchBucket");
  }

  static boolean isForbidden(SdkException problem) {
    return status(problem) == FORBIDDEN
        && (code(problem).isEmpty()
            || code(problem).equals("AccessDenied")
            || code(problem).equals("403"));
  }

  /**
   * Returns what is told instead of an exception of the SDK.
   *
   * @param doing what was not done, such as {@code storing acme/a.jpg}
   * @param place where, such as {@code s3://bucket}
   * @param action the right that is needed, such as {@code s3:PutObject}
   */
  static IOException explain(String doing, String place, String action, SdkException problem) {
    if (problem instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      InterruptedIOException stopped =
          new InterruptedIOException(doing + " in " + place + " was interrupted");
      stopped.initCause(problem);
      return stopped;
    }
    return new IOException(
        doing
            + " in "
            + place
            + " failed ("
            + reason(problem)
            + "); "
            + remedy(place, action, problem),
        problem);
  }

  private static String reason(SdkException problem) {
    if (problem instanceof AwsServiceException service) {
      String code = code(problem);
      String request = service.requestId() == null ? "" : ", request " + service.requestId();
      return (code.isEmpty() ? "" : code + ", ") + "status " + service.statusCode() + request;
    }
    String message = String.valueOf(problem.getMessage());
    return message.length() > 300 ? message.substring(0, 300) + "…" : message;
  }

  private static String remedy(String place, String action, SdkException problem) {
    String byCode =
        switch (code(problem)) {
          case "NoSuchBucket" ->
              "there is no such bucket: create it, or correct the place " + place;
          case "PermanentRedirect",
              "AuthorizationHeaderMalformed",
              "IllegalLocationConstraintException" ->
              wrongRegion(problem);
          case "InvalidAccessKeyId" ->
              "S3 does not know this access key: correct the credentials, or the endpoint they are for";
          case "SignatureDoesNotMatch" ->
              "the secret key does not belong to the access key: correct the credentials";
          case "ExpiredToken", "TokenRefreshRequired", "InvalidToken" ->
              "the session of these credentials has ended: renew them";
          case "RequestTimeTooSkewed", "RequestExpired" ->
              "this machine's clock is off by minutes: set it, for example by NTP";
          case "SlowDown", "ServiceUnavailable", "TooManyRequests", "Throttling" ->
              "S3 asks for fewer requests at a time: try again later, or lower the rate";
          case "MetadataTooLarge" ->
              "the attributes exceed the 2,048 bytes S3 takes: use fewer or shorter ones";
          case "EntityTooLarge" ->
              "the asset is larger than the store takes at once: lower rendition.s3.part-size";
          case "KMS.DisabledException", "KMS.NotFoundException", "KMS.KMSInvalidStateException" ->
              "the key of the encryption cannot be used: correct rendition.s3.kms-key";
          case "AccessControlListNotSupported" ->
              "the bucket has access control lists switched off: set rendition.s3.acl=none";
          default -> "";
        };
    return byCode.isEmpty() ? remedyByStatus(place, action, problem) : byCode;
  }

  private static String remedyByStatus(String place, String action, SdkException problem) {
    if (problem instanceof ApiCallTimeoutException
        || problem instanceof ApiCallAttemptTimeoutException) {
      return "S3 did not answer in time: try again, or raise rendition.s3.timeout";
    }
    int status = status(problem);
    if (status == MOVED) {
      return wrongRegion(problem);
    }
    if (status == FORBIDDEN) {
      return "these credentials lack the right "
          + action
          + " there, or the bucket belongs to somebody else: give it to them (docs/aws.md)";
    }
    if (status == NOT_FOUND) {
      return "there is no such bucket or upload: correct the place " + place;
    }
    if (status >= 500) {
      return "S3 has trouble of its own: try again later";
    }
    String message = String.valueOf(problem.getMessage());
    if (message.contains("credentials")) {
      return "there are no credentials: set rendition.s3.access-key and rendition.s3.secret-key, or"
          + " the AWS variables, profile or role of this process";
    }
    return status == 0
        ? "S3 cannot be reached, or the connection broke: look at the network, the region and"
            + " rendition.s3.endpoint"
        : "look at the status in the documentation of S3";
  }

  private static String wrongRegion(SdkException problem) {
    String right = "";
    if (problem instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      AwsErrorDetails details = service.awsErrorDetails();
      if (details.sdkHttpResponse() != null) {
        right = details.sdkHttpResponse().firstMatchingHeader("x-amz-bucket-region").orElse("");
      }
    }
    return "the bucket is in another region: write ?region="
        + (right.matches("[a-z0-9-]{1,40}") ? right : "…")
        + " behind the place";
  }

  private static int status(SdkException problem) {
    return problem instanceof AwsServiceException service ? service.statusCode() : 0;
  }

  private static String code(SdkException problem) {
    if (problem instanceof AwsServiceException service && service.awsErrorDetails() != null) {
      String code = service.awsErrorDetails().errorCode();
      return code == null ? "" : code.replaceAll("[^A-Za-z0-9.]", "?");
    }
    return "";
  }
}
