package dev.rendition.s3;

import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import java.io.IOException;
import java.util.Optional;

/** Tells what is known of a key, or empty if nothing is there. */
@FunctionalInterface
interface Lookup {
  Optional<AssetInfo> stat(AssetKey key) throws IOException;
}
