package dev.rendition.lifecycle;

import dev.rendition.asset.AssetAttributes;
import dev.rendition.asset.AssetInfo;
import dev.rendition.asset.AssetKey;
import dev.rendition.recipe.FocalPoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/**
 * Many units in little memory: written one after another, packed in pieces, read in the same order.
 * Not safe for use by many threads while it is written; then it never changes.
 */
final class PlanLog implements Iterable<PlanUnit> {
  private static final int PIECE = 1 << 16;

  private final List<byte[]> pieces = new ArrayList<>();
  private final List<Integer> counts = new ArrayList<>();
  private final MessageDigest digest = sha256();
  private final ByteArrayOutputStream current = new ByteArrayOutputStream();
  private int inCurrent;
  private int size;
  private String hex = "";

  void add(PlanUnit unit) {
    try {
      write(unit, new DataOutputStream(current));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    inCurrent++;
    size++;
    if (current.size() >= PIECE) {
      seal();
    }
  }

  /** Ends the writing. */
  PlanLog finish() {
    seal();
    hex = HexFormat.of().formatHex(digest.digest()).substring(0, 16);
    return this;
  }

  int size() {
    return size;
  }

  /** Returns 16 hex digits that tell this log from others. */
  String fingerprint() {
    return hex;
  }

  @Override
  public Iterator<PlanUnit> iterator() {
    return iterator(0);
  }

  /** Returns the units from an ordinal on, counted from 0. */
  Iterator<PlanUnit> iterator(int from) {
    int piece = 0;
    int before = 0;
    while (piece < pieces.size() && before + counts.get(piece) <= from) {
      before += counts.get(piece);
      piece++;
    }
    Reading reading = new Reading(piece);
    for (int i = before; i < from; i++) {
      reading.next();
    }
    return reading;
  }

  private void seal() {
    if (inCurrent == 0) {
      return;
    }
    byte[] plain = current.toByteArray();
    digest.update(plain);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    pieces.add(packed.toByteArray());
    counts.add(inCurrent);
    current.reset();
    inCurrent = 0;
  }

  private static void write(PlanUnit unit, DataOutputStream out) throws IOException {
    text(out, unit.source().tenant());
    text(out, unit.source().path());
    out.writeBoolean(unit.original().isPresent());
    if (unit.original().isPresent()) {
      AssetInfo info = unit.original().get();
      out.writeLong(info.length());
      text(out, info.mediaType());
      out.write(HexFormat.of().parseHex(info.version()));
      Instant modified = info.modified();
      out.writeLong(modified.getEpochSecond());
      out.writeInt(modified.getNano());
      text(out, info.attributes().cacheControl());
      out.writeByte(info.attributes().metadata().size());
      for (Map.Entry<String, String> entry : info.attributes().metadata().entrySet()) {
        text(out, entry.getKey());
        text(out, entry.getValue());
      }
      out.writeDouble(unit.focus().x());
      out.writeDouble(unit.focus().y());
    }
    out.writeInt(unit.missing().size());
    for (String recipe : unit.missing()) {
      text(out, recipe);
    }
    out.writeInt(unit.leftovers().size());
    for (PlanUnit.Leftover leftover : unit.leftovers()) {
      text(out, leftover.key().path());
      out.writeLong(leftover.bytes());
      out.writeBoolean(leftover.orphan());
    }
  }

  private static PlanUnit read(DataInputStream in) throws IOException {
    AssetKey source = AssetKey.of(text(in), text(in));
    Optional<AssetInfo> original = Optional.empty();
    FocalPoint focus = FocalPoint.CENTER;
    if (in.readBoolean()) {
      long length = in.readLong();
      String mediaType = text(in);
      String version = HexFormat.of().formatHex(in.readNBytes(32));
      Instant modified = Instant.ofEpochSecond(in.readLong(), in.readInt());
      AssetAttributes attributes = AssetAttributes.cacheControl(text(in));
      for (int left = in.readByte(); left > 0; left--) {
        attributes = attributes.with(text(in), text(in));
      }
      original =
          Optional.of(new AssetInfo(source, length, mediaType, version, modified, attributes));
      focus = new FocalPoint(in.readDouble(), in.readDouble());
    }
    List<String> missing = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      missing.add(text(in));
    }
    List<PlanUnit.Leftover> leftovers = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      leftovers.add(
          new PlanUnit.Leftover(source.withPath(text(in)), in.readLong(), in.readBoolean()));
    }
    return new PlanUnit(source, original, focus, missing, leftovers);
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeShort(bytes.length);
    out.write(bytes);
  }

  private static String text(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readUnsignedShort()), StandardCharsets.UTF_8);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Unpacks one piece at a time. */
  private final class Reading implements Iterator<PlanUnit> {
    private int piece;
    private int left;
    private DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[0]));

    Reading(int piece) {
      this.piece = piece;
    }

    @Override
    public boolean hasNext() {
      return left > 0 || piece < pieces.size();
    }

    @Override
    public PlanUnit next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the plan has ended");
      }
      if (left == 0) {
        in =
            new DataInputStream(
                new InflaterInputStream(new ByteArrayInputStream(pieces.get(piece))));
        left = counts.get(piece);
        piece++;
      }
      left--;
      try {
        return read(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
