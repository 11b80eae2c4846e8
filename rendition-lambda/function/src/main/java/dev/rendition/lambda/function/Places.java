package dev.rendition.lambda.function;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetStore;
import dev.rendition.generate.FailureReason;
import dev.rendition.layout.KeyLayout;
import dev.rendition.s3.S3AssetStore;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which original an object of S3 is, and refuses every object that is none of ours: of
 * another place, of another tenant, or a rendition, of which no renditions are made.
 *
 * @param originals where originals lie
 * @param renditions where renditions lie
 * @param layout which keys renditions have
 * @param tenants who is served; empty for everybody
 */
record Places(AssetStore originals, AssetStore renditions, KeyLayout layout, Set<String> tenants) {
  private static final AssetKey PROBE = AssetKey.of("t", "p");

  Places {
    tenants = Set.copyOf(tenants);
  }

  /**
   * Returns the key of an original.
   *
   * @throws EventRefusedException with {@link FailureReason#SOURCE_IS_RENDITION} or {@link
   *     FailureReason#REQUEST_INVALID}
   */
  AssetKey original(ObjectName name) {
    requireNoRendition(name);
    AssetKey key =
        key(originals, name)
            .orElseThrow(
                () ->
                    new EventRefusedException(
                        FailureReason.REQUEST_INVALID,
                        name
                            + " does not lie where originals do, or its name is no asset's key;"
                            + " compare rendition.originals with the notification"));
    if (layout.isTarget(key)) {
      throw rendition(name);
    }
    return requireServed(key);
  }

  /**
   * Returns a key whose tenant is served here.
   *
   * @throws EventRefusedException with {@link FailureReason#REQUEST_INVALID} if it is not
   */
  AssetKey requireServed(AssetKey key) {
    if (!serves(key)) {
      throw new EventRefusedException(
          FailureReason.REQUEST_INVALID,
          "the tenant of " + key + " is not served here; see rendition.function.tenants");
    }
    return key;
  }

  /** Returns whether a key's tenant is served here. */
  boolean serves(AssetKey key) {
    return tenants.isEmpty() || tenants.contains(key.tenant());
  }

  /**
   * An object in the renditions' place is refused even if the originals' place contains that place,
   * as {@code s3://bucket} contains {@code s3://bucket/renditions}.
   */
  private void requireNoRendition(ObjectName name) {
    Optional<AssetKey> made = key(renditions, name);
    if (made.isPresent() && (layout.isTarget(made.get()) || depth(renditions) > depth(originals))) {
      throw rendition(name);
    }
  }

  private static EventRefusedException rendition(ObjectName name) {
    return new EventRefusedException(
        FailureReason.SOURCE_IS_RENDITION,
        name + " is a rendition, or lies where renditions do; none are made of it");
  }

  private static Optional<AssetKey> key(AssetStore store, ObjectName name) {
    return store instanceof S3AssetStore s3
        ? s3.keyOf(name.bucket(), name.object())
        : Optional.empty();
  }

  /** Returns how many folders lie above a store's assets: more for a place inside another. */
  private static int depth(AssetStore store) {
    String path = store.location(PROBE).map(URI::getPath).orElse("");
    return path.length() - path.replace("/", "").length();
  }
}
