package dev.rendition.lambda;

import dev.rendition.lambda.TransportException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

/**
 * The one place where exceptions of the AWS SDK become ours: what is known, and what to do. Codes
 * and statuses are those of the Invoke operation in the Lambda API reference.
 */
final class LambdaFault {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int SERVER_ERROR = 500;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int TOO_LARGE = 413;

  /** No environment could be made now, and nothing ran. */
  private static final Set<String> NO_ROOM =
      Set.of(
          "TooManyRequestsException",
          "EC2ThrottledException",
          "ENILimitReachedException",
          "ENINotReadyException",
          "SubnetIPAddressLimitReachedException",
          "ResourceNotReadyException",
          "ResourceConflictException",
          "SnapStartNotReadyException",
          "SnapStartTimeoutException",
          "ThrottlingException",
          "RequestLimitExceeded");

  /** No environment can be made until somebody changes something. */
  private static final Set<String> BROKEN =
      Set.of(
          "EC2AccessDeniedException",
          "InvalidRuntimeException",
          "InvalidSecurityGroupIDException",
          "InvalidSubnetIDException",
          "InvalidZipFileException",
          "KMSAccessDeniedException",
          "KMSDisabledException",
          "KMSInvalidStateException",
          "KMSNotFoundException",
          "SnapStartException");

  private LambdaFault() {}

  /**
   * Returns what is told instead.
   *
   * @param worker who was asked
   */
  static TransportException explain(String worker, Throwable problem) {
    if (problem instanceof AwsServiceException service) {
      return refused(worker, service);
    }
    if (problem instanceof ApiCallTimeoutException
        || problem instanceof ApiCallAttemptTimeoutException) {
      return new TransportException(
          Kind.REFUSED,
          worker
              + " gave no answer within the timeouts of the client that was given; make them longer"
              + " than the function's own",
          problem);
    }
    String message = FunctionError.printable(String.valueOf(problem.getMessage()), 300);
    if (message.contains("credentials")) {
      return new TransportException(
          Kind.REFUSED,
          worker
              + " cannot be asked without credentials: set rendition.lambda.access-key and"
              + " rendition.lambda.secret-key, or the AWS variables, profile or role of this"
              + " process ("
              + message
              + ")",
          problem);
    }
    return broken(worker, problem);
  }

  /** Tells a connection that was never made from one that broke. */
  static TransportException broken(String worker, Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof HttpConnectTimeoutException
          || cause instanceof UnknownHostException
          || cause instanceof UnresolvedAddressException
          || cause instanceof SSLHandshakeException) {
        return new TransportException(
            Kind.UNREACHED,
            worker
                + " cannot be reached ("
                + shown(cause)
                + "); look at the network and the address",
            problem);
      }
    }
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException) {
        return new TransportException(
            Kind.LOST, "the connection to " + worker + " broke (" + shown(cause) + ")", problem);
      }
    }
    return new TransportException(
        Kind.REFUSED, worker + " cannot be asked: " + shown(problem), problem);
  }

  private static TransportException refused(String worker, AwsServiceException problem) {
    int status = problem.statusCode();
    String code = code(problem);
    String told =
        worker
            + " was not run ("
            + (code.isEmpty() ? "" : code + ", ")
            + "status "
            + status
            + (problem.requestId() == null ? "" : ", request " + problem.requestId())
            + "); "
            + remedy(code, status);
    return new TransportException(kind(code, status), told, problem, patience(problem));
  }

  private static Kind kind(String code, int status) {
    if (status == TOO_MANY_REQUESTS || NO_ROOM.contains(code)) {
      return Kind.THROTTLED;
    }
    if (BROKEN.contains(code)) {
      return Kind.REFUSED;
    }
    if (status == SERVICE_UNAVAILABLE) {
      return Kind.UNREACHED;
    }
    // Of other errors of the service nobody knows whether they came before or after the work.
    return status >= SERVER_ERROR ? Kind.LOST : Kind.REFUSED;
  }

  private static String remedy(String code, int status) {
    if (status == TOO_MANY_REQUESTS) {
      return "its concurrency is used up: raise that, or lower rendition.lambda.concurrency";
    }
    if (NO_ROOM.contains(code)) {
      return "AWS could not make an environment for it now: try again later";
    }
    if (BROKEN.contains(code)) {
      return "its configuration is broken: correct what the code names";
    }
    return switch (code) {
      case "ExpiredTokenException", "ExpiredToken" ->
          "the session of these credentials has ended: renew them";
      case "InvalidSignatureException", "SignatureDoesNotMatch" ->
          "the secret key does not belong to the access key, or this machine's clock is off";
      case "UnrecognizedClientException", "InvalidClientTokenId" ->
          "AWS does not know this access key: correct the credentials";
      default -> remedyByStatus(status);
    };
  }

  private static String remedyByStatus(int status) {
    if (status == FORBIDDEN) {
      return "these credentials lack the right lambda:InvokeFunction for it";
    }
    if (status == NOT_FOUND) {
      return "there is no such function or version: correct rendition.lambda.function,"
          + " rendition.lambda.qualifier or the region";
    }
    if (status == TOO_LARGE) {
      return "the request is too large: lower rendition.lambda.renditions-per-invocation";
    }
    return status >= SERVER_ERROR
        ? "AWS has trouble of its own: try again later"
        : "look at the code in the documentation of AWS Lambda";
  }

  private static Duration patience(AwsServiceException problem) {
    AwsErrorDetails details = problem.awsErrorDetails();
    if (details == null || details.sdkHttpResponse() == null) {
      return Duration.ZERO;
    }
    return seconds(details.sdkHttpResponse().firstMatchingHeader("Retry-After").orElse(""));
  }

  /** Reads Retry-After in its form of seconds (RFC 9110, section 10.2.3). */
  static Duration seconds(String text) {
    return text.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : Duration.ZERO;
  }

  private static String code(AwsServiceException problem) {
    @Nullable AwsErrorDetails details = problem.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    return code.replaceAll("[^A-Za-z0-9.]", "?");
  }

  private static String shown(Throwable cause) {
    String name = cause.getClass().getSimpleName();
    String message = cause.getMessage();
    return message == null
        ? name
        : String.format(Locale.ROOT, "%s: %s", name, FunctionError.printable(message, 200));
  }
}
