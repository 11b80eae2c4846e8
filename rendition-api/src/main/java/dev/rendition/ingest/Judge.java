package dev.rendition.ingest;

import dev.rendition.asset.AssetKey;
import dev.rendition.asset.AssetSource;
import dev.rendition.asset.MediaType;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/** Decides by the rules what may come in. Safe for use by many threads. */
final class Judge {
  private final IngestRules rules;
  private final Predicate<AssetKey> isRendition;

  Judge(IngestRules rules, Predicate<AssetKey> isRendition) {
    this.rules = rules;
    this.isRendition = isRendition;
  }

  /** Refuses a key that is a rendition's. */
  void requireOriginal(AssetKey key) {
    if (isRendition.test(key)) {
      throw new IngestException(
          IngestReason.KEY_REFUSED,
          key + " has the form of a rendition's key; originals are taken in under others");
    }
  }

  /** Refuses what is too long before anybody reads it. */
  void requireLength(String what, long length, Expected expected) {
    if (length > rules.maxBytes()) {
      throw Gauge.tooLarge(what, rules.maxBytes());
    }
    if (length >= 0 && expected.length() >= 0 && length != expected.length()) {
      throw new IngestException(
          IngestReason.LENGTH_MISMATCH,
          what + " has " + length + " bytes, and " + expected.length() + " were expected");
    }
  }

  /**
   * Judges bytes that have been counted.
   *
   * @return their media type
   */
  String judge(
      AssetKey key, String declared, Gauge gauge, AssetSource.Opener opener, Expected expected)
      throws IOException {
    String what = key.toString();
    if (gauge.length() == 0) {
      throw new IngestException(IngestReason.EMPTY, what + " has no bytes");
    }
    requireLength(what, gauge.length(), expected);
    String type = type(what, gauge.head());
    requireDeclared(key, declared, type, expected);
    if (!expected.sha256().isEmpty() && !expected.sha256().equals(gauge.sha256())) {
      throw new IngestException(
          IngestReason.DIGEST_MISMATCH,
          what + " has the SHA-256 " + gauge.sha256() + ", not the one that was expected");
    }
    validate(new IngestCandidate(key, declared, type, gauge, opener));
    return type;
  }

  /** Returns the type of bytes that begin so, if it is one that is taken. */
  String type(String what, byte[] head) {
    String type = MediaType.ofContent(head);
    if (rules.accepted().contains(type)) {
      return type;
    }
    if (type.equals(MediaType.ZIP)) {
      throw new IngestException(
          IngestReason.NESTED_ARCHIVE, what + " is an archive and no picture");
    }
    if (type.startsWith("image/") || type.equals("application/pdf")) {
      throw new IngestException(
          IngestReason.TYPE_NOT_ACCEPTED,
          what + " is " + type + ", which is not taken; convert it to one of " + rules.accepted());
    }
    throw new IngestException(
        IngestReason.NOT_A_PICTURE, what + " begins like no picture, whatever it is called");
  }

  private void requireDeclared(AssetKey key, String declared, String type, Expected expected) {
    if (!expected.mediaType().isEmpty() && !same(expected.mediaType(), type)) {
      throw mismatch(key, type, "and " + expected.mediaType() + " was expected");
    }
    if (rules.mismatch() == Mismatch.REFUSE) {
      if (tells(declared) && !same(declared, type)) {
        throw mismatch(key, type, "although declared " + Shown.text(declared));
      }
      String named = MediaType.ofExtension(key.extension());
      if (tells(named) && !same(named, type)) {
        throw mismatch(key, type, "although its name says " + named);
      }
    }
  }

  private static IngestException mismatch(AssetKey key, String type, String against) {
    return new IngestException(
        IngestReason.TYPE_MISMATCH, key + " is " + type + " by its content, " + against);
  }

  private static boolean tells(String type) {
    return !type.equals(MediaType.UNKNOWN) && !plain(type).equals("binary/octet-stream");
  }

  private static boolean same(String one, String other) {
    return plain(one).equals(plain(other));
  }

  /** Returns the type without parameters, and for other names of it the registered one. */
  private static String plain(String type) {
    int semicolon = type.indexOf(';');
    String bare = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    return switch (bare) {
      case "image/jpg", "image/pjpeg" -> "image/jpeg";
      case "image/x-png" -> "image/png";
      case "image/x-bmp", "image/x-ms-bmp" -> "image/bmp";
      case "image/tif", "image/x-tiff" -> "image/tiff";
      case "image/heif" -> "image/heic";
      case "image/x-photoshop", "application/x-photoshop" -> "image/vnd.adobe.photoshop";
      default -> bare;
    };
  }

  /** A validator that fails has not accepted. */
  private void validate(IngestCandidate candidate) throws IOException {
    Optional<String> refusal;
    try {
      refusal = rules.validator().refusal(candidate);
    } catch (IngestException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IngestException(
          IngestReason.VALIDATOR_REFUSED,
          "a validator failed over " + candidate.key() + ": " + Shown.text(e.toString()),
          e);
    }
    if (refusal.isPresent()) {
      throw new IngestException(IngestReason.VALIDATOR_REFUSED, refusal.get());
    }
  }
}
