package dev.rendition.deliver;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetContent;
import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetNotFoundException;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.AssetStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says across machines who makes a rendition: a tiny asset per target in the renditions store, with
 * the owner's token and when the claim ends. It saves work and decides nothing: two machines that
 * both think the claim theirs make the same bytes. Safe for use by many threads.
 */
final class Claims {
  /** Where claims lie in the tenant of the target. */
  static final String FOLDER = "rendition-claims/";

  private static final String TYPE = "text/plain";
  private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36}) ([0-9]{1,15})\n");
  private static final int ATTEMPTS = 3;

  private final AssetStore store;
  private final Clock clock;
  private final Duration validity;
  private final String owner = UUID.randomUUID().toString();

  /**
   * Makes the claims of one owner.
   *
   * @param validity how long a claim holds; longer than any generation takes, so that nobody begins
   *     while the first still works
   */
  Claims(AssetStore store, Clock clock, Duration validity) {
    this.store = store;
    this.clock = clock;
    this.validity = validity;
  }

  /**
   * Tries to claim a target.
   *
   * @return whether it is claimed by this owner now; false while somebody else holds it
   */
  boolean take(AssetKey target) throws IOException {
    AssetKey key = key(target);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      String mine = owner + " " + clock.instant().plus(validity).toEpochMilli() + "\n";
      AssetSource claim = AssetSource.ofBytes(mine.getBytes(StandardCharsets.US_ASCII), TYPE);
      if (store.putIfAbsent(key, claim, AssetAttributes.cacheControl("no-store")).isPresent()) {
        return true;
      }
      Matcher there;
      try (AssetContent content = store.open(key)) {
        byte[] bytes = content.stream().readNBytes(64);
        there = FORM.matcher(new String(bytes, StandardCharsets.US_ASCII));
      } catch (AssetNotFoundException e) {
        continue;
      }
      // A store may answer "taken" to its own lost write: the token tells.
      if (there.matches() && there.group(1).equals(owner)) {
        return true;
      }
      Instant end =
          there.matches() ? Instant.ofEpochMilli(Long.parseLong(there.group(2))) : Instant.MIN;
      // An end further away than any claim's own is a broken clock, or an attack.
      boolean holds =
          clock.instant().isBefore(end)
              && end.isBefore(clock.instant().plus(validity.multipliedBy(2)));
      if (holds) {
        return false;
      }
      var unused = store.delete(key);
    }
    return false;
  }

  /** Gives a claim back. */
  void release(AssetKey target) throws IOException {
    var unused = store.delete(key(target));
  }

  static AssetKey key(AssetKey target) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(target.toString().getBytes(StandardCharsets.UTF_8));
      return target.withPath(FOLDER + HexFormat.of().formatHex(digest, 0, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
