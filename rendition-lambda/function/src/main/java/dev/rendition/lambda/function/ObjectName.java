package dev.rendition.lambda.function;

/**
 * What S3 calls an object.
 *
 * @param bucket the bucket's name, of hostile origin
 * @param object the object's key, decoded, of hostile origin
 */
record ObjectName(String bucket, String object) {
  /** Returns the object for messages. */
  @Override
  public String toString() {
    return "s3://" + Shown.text(bucket) + "/" + Shown.text(object);
  }
}
