package dev.rendition.generate;

/**
 * Why a rendition, or a whole request, could not be made. The list is closed: every backend uses
 * these and no others.
 */
public enum FailureReason {
  /** The request contradicts itself or a target key cannot be written. */
  REQUEST_INVALID(false, 400),
  /**
   * The source key lies where renditions are written: making renditions of renditions would never
   * end.
   */
  SOURCE_IS_RENDITION(false, 400),
  /** No asset has the source key. */
  SOURCE_NOT_FOUND(false, 404),
  /** No recipe has that name. */
  RECIPE_UNKNOWN(false, 404),
  /** The original was replaced between the request and the reading of it. Ask again. */
  SOURCE_CHANGED(true, 409),
  /** A size, a pixel count, a frame count, or the memory need lies above a configured limit. */
  LIMIT_EXCEEDED(false, 413),
  /** The bytes are no picture of any format we know. */
  FORMAT_UNKNOWN(false, 415),
  /** The format is known, and no reader for it (or for this kind of it) is installed. */
  FORMAT_NOT_SUPPORTED(false, 415),
  /** No writer for the encoding asked for is installed. */
  ENCODING_NOT_SUPPORTED(false, 415),
  /** The format is supported, and the bytes are damaged beyond use. */
  SOURCE_DAMAGED(false, 422),
  /** An operation cannot be applied to this picture: for example a crop outside of it. */
  OPERATION_NOT_APPLICABLE(false, 422),
  /**
   * Every worker is busy and the queue is full, or the memory budget stayed taken. Ask again later.
   */
  BUSY(true, 429),
  /** A defect of ours. The detail names what failed. */
  INTERNAL(false, 500),
  /** A store could not be read or written. */
  STORE_FAILED(true, 503),
  /** The backend that does the work could not be reached or broke off. */
  BACKEND_FAILED(true, 503),
  /** The caller cancelled, or the backend was closed, before the work was done. */
  CANCELLED(true, 503),
  /** The deadline passed before the work was done. */
  DEADLINE_EXCEEDED(true, 504);

  private final boolean retryable;
  private final int httpStatus;

  FailureReason(boolean retryable, int httpStatus) {
    this.retryable = retryable;
    this.httpStatus = httpStatus;
  }

  /** Returns whether the same request may succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns the HTTP status code (RFC 9110, section 15) a server answers this failure with. */
  public int httpStatus() {
    return httpStatus;
  }
}
