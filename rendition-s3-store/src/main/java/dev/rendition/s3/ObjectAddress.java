package dev.rendition.s3;

import dev.rendition.asset.AssetKey;

/** The object of one asset. */
record ObjectAddress(AssetKey key, String bucket, String object) {
  /** Returns what messages call the place. */
  String shown() {
    return "s3://" + bucket;
  }
}
