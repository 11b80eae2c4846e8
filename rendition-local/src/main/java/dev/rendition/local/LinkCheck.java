package dev.rendition.local;

import static java.util.Objects.requireNonNull;

import dev.rendition.asset.AssetKey;
import java.time.Instant;
import java.util.Optional;

/** What {@link HmacUrlSigner#verify} says of a link. */
public sealed interface LinkCheck {
  /** Returns the asset that may be read; empty if the link is refused. */
  Optional<AssetKey> key();

  /**
   * The link is good.
   *
   * @param asset what it allows to read
   * @param expiresAt the first moment at which it is refused
   */
  record Accepted(AssetKey asset, Instant expiresAt) implements LinkCheck {
    public Accepted {
      requireNonNull(asset, "asset");
      requireNonNull(expiresAt, "expiresAt");
    }

    @Override
    public Optional<AssetKey> key() {
      return Optional.of(asset);
    }
  }

  /** The link is not good. */
  record Refused(Reason reason) implements LinkCheck {
    public Refused {
      requireNonNull(reason, "reason");
    }

    @Override
    public Optional<AssetKey> key() {
      return Optional.empty();
    }
  }

  /** Why a link is refused. Answer all of them alike: the difference helps only who forges. */
  enum Reason {
    /** It is not written as the signer writes links. */
    MALFORMED,
    /** No key of the signer has the id the link names. */
    UNKNOWN_KEY,
    /** The signature is not that of this path, expiry and key id. */
    BAD_SIGNATURE,
    /** It was good once. */
    EXPIRED
  }
}
