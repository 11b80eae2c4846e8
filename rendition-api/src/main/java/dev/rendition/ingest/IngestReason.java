package dev.rendition.ingest;

/** Why something was not taken in. The list is closed. */
public enum IngestReason {
  /** The key is none, or has the form of a rendition's. */
  KEY_REFUSED(false, 400),
  /** The URL cannot be used: its form, scheme, port, host, or user information in it. */
  URL_REFUSED(false, 400),
  /** The host has an address nobody may be sent to: private, local, of a cloud's metadata. */
  ADDRESS_REFUSED(false, 403),
  /** A redirect leads nowhere, from https to http, or there were too many. */
  REDIRECT_REFUSED(false, 502),
  /** The host's name has no address. */
  HOST_UNKNOWN(true, 502),
  /** No connection, or none that can be trusted, could be made. */
  REMOTE_UNREACHABLE(true, 502),
  /** The server answered with another status than 200. */
  REMOTE_REFUSED(false, 502),
  /** The server does not speak HTTP/1.1, or uses a part of it that is refused here. */
  REMOTE_PROTOCOL(false, 502),
  /** The server ended before all it announced had come. */
  REMOTE_BROKE_OFF(true, 502),
  /** A time limit passed. */
  TIME_LIMIT(true, 504),
  /** There are more bytes than allowed. */
  TOO_LARGE(false, 413),
  /** There are no bytes. */
  EMPTY(false, 422),
  /** The bytes are no picture, whatever their name says. */
  NOT_A_PICTURE(false, 415),
  /** The bytes are a picture of a kind that is not accepted. */
  TYPE_NOT_ACCEPTED(false, 415),
  /** The bytes are of another kind than declared or named, and that is not tolerated. */
  TYPE_MISMATCH(false, 415),
  /** There are fewer or more bytes than expected. */
  LENGTH_MISMATCH(false, 422),
  /** The bytes are others than expected. */
  DIGEST_MISMATCH(false, 422),
  /** A validator refused. */
  VALIDATOR_REFUSED(false, 422),
  /** The key holds an asset, which is kept. */
  ALREADY_THERE(false, 409),
  /** The source gave other bytes the second time it was read. */
  SOURCE_CHANGED(true, 409),
  /** Nothing was uploaded under the key. */
  UPLOAD_MISSING(false, 404),
  /** Too much is looked up at the moment. */
  BUSY(true, 429),
  /** The archive is none, or cannot be read without guessing. Nothing of it was taken. */
  ARCHIVE_DAMAGED(false, 422),
  /** Entries of the archive share bytes, as only bombs do. Nothing of it was taken. */
  ARCHIVE_OVERLAPPING(false, 422),
  /** The archive has more entries than allowed. Nothing of it was taken. */
  TOO_MANY_ENTRIES(false, 413),
  /** The entry's name leads out of the folder it is taken into. */
  NAME_UNSAFE(false, 400),
  /** The entry's name cannot be read, or cannot be a key. */
  NAME_INVALID(false, 400),
  /** Another entry of the archive has the name. */
  DUPLICATE_NAME(false, 409),
  /** The entry is encrypted. */
  ENCRYPTED(false, 422),
  /** The entry is compressed by a method other than stored and deflate. */
  METHOD_UNSUPPORTED(false, 415),
  /** The entry unfolds more than allowed. */
  RATIO_EXCEEDED(false, 413),
  /** The entries together unfold to more than allowed. */
  TOTAL_EXCEEDED(false, 413),
  /** The archive says two different things of the entry. */
  ENTRY_LIES(false, 422),
  /** The entry's bytes are damaged. */
  ENTRY_DAMAGED(false, 422),
  /** The entry is an archive; those are not followed. */
  NESTED_ARCHIVE(false, 415),
  /** The entry is a folder. */
  FOLDER(false, 422),
  /** The entry is a link or a device. */
  LINK(false, 422),
  /** The entry's name begins with a dot, or it lies in a folder of such a name. */
  HIDDEN(false, 422),
  /** The entry is what a system keeps for itself, such as {@code __MACOSX}. */
  SYSTEM_FILE(false, 422),
  /** It was ended before its turn. */
  CANCELLED(true, 503),
  /** The store could not be written. */
  STORE_FAILED(true, 503);

  private final boolean retryable;
  private final int httpStatus;

  IngestReason(boolean retryable, int httpStatus) {
    this.retryable = retryable;
    this.httpStatus = httpStatus;
  }

  /** Returns whether the same may succeed later without anybody changing anything. */
  public boolean retryable() {
    return retryable;
  }

  /** Returns the HTTP status code (RFC 9110, section 15) a server answers this refusal with. */
  public int httpStatus() {
    return httpStatus;
  }
}
