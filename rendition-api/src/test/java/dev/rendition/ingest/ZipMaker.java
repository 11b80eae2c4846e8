package dev.rendition.ingest;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zip archives as they should be, and as they should not. */
final class ZipMaker {
  /** One entry; every field may be made wrong. */
  static final class Entry {
    byte[] name = {};
    byte[] localName = {};
    int flags = 1 << 11;
    int localFlags = 1 << 11;
    int method = 8;
    int localMethod = 8;
    long crc;
    long localCrc;
    byte[] packed = {};
    long compressed;
    long localCompressed;
    long size;
    long localSize;
    long offset = -1;
    int mode = 0x81a4;
    byte[] extra = {};
    byte[] localExtra = {};
    byte[] behind = {};
    boolean noLocal;

    /** Writes the sizes into an extra field of 64 bits, in both headers. */
    void large() {
      Out both = new Out().u16(1).u16(16).u64(size).u64(compressed);
      localExtra = both.bytes();
      Out all = new Out().u16(1).u16(24).u64(size).u64(compressed).u64(-2);
      extra = all.bytes();
      localSize = 0xffffffffL;
      localCompressed = 0xffffffffL;
    }

    /** Writes sizes and CRC behind the bytes. */
    void described() {
      flags |= 8;
      localFlags |= 8;
      behind = new Out().u32(0x08074b50).u32(crc).u32(compressed).u32(size).bytes();
      localCrc = 0;
      localCompressed = 0;
      localSize = 0;
    }
  }

  private final List<Entry> entries = new ArrayList<>();
  private byte[] prefix = {};
  private byte[] comment = {};
  private boolean large;
  private int countMore;

  ZipMaker entry(String name, byte[] content) {
    return entry(name, content, entry -> {});
  }

  ZipMaker entry(String name, byte[] content, Consumer<Entry> change) {
    Entry entry = new Entry();
    entry.name = name.getBytes(StandardCharsets.UTF_8);
    entry.localName = entry.name;
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.crc = crc.getValue();
    entry.localCrc = entry.crc;
    entry.packed = deflate(content);
    entry.compressed = entry.packed.length;
    entry.localCompressed = entry.compressed;
    entry.size = content.length;
    entry.localSize = entry.size;
    change.accept(entry);
    entries.add(entry);
    return this;
  }

  /** Packs an entry by the method that does nothing. */
  static void stored(Entry entry, byte[] content) {
    entry.method = 0;
    entry.localMethod = 0;
    entry.packed = content;
    entry.compressed = content.length;
    entry.localCompressed = content.length;
  }

  ZipMaker prefix(byte[] bytes) {
    prefix = bytes.clone();
    return this;
  }

  ZipMaker comment(byte[] bytes) {
    comment = bytes.clone();
    return this;
  }

  ZipMaker large() {
    large = true;
    return this;
  }

  ZipMaker countMore(int more) {
    countMore = more;
    return this;
  }

  byte[] bytes() {
    Out out = new Out().raw(prefix);
    List<Long> offsets = new ArrayList<>();
    for (Entry entry : entries) {
      offsets.add(entry.offset >= 0 ? entry.offset : out.size());
      if (!entry.noLocal) {
        out.u32(0x04034b50).u16(20).u16(entry.localFlags).u16(entry.localMethod).u32(0);
        out.u32(entry.localCrc).u32(entry.localCompressed).u32(entry.localSize);
        out.u16(entry.localName.length).u16(entry.localExtra.length);
        out.raw(entry.localName).raw(entry.localExtra).raw(entry.packed).raw(entry.behind);
      }
    }
    long directory = out.size();
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      boolean wide = entry.extra.length == 28;
      byte[] extra = entry.extra;
      if (wide) {
        extra = new Out().raw(java.util.Arrays.copyOf(extra, 20)).u64(offsets.get(i)).bytes();
      }
      out.u32(0x02014b50).u16(0x314).u16(20).u16(entry.flags).u16(entry.method).u32(0);
      out.u32(entry.crc).u32(wide ? 0xffffffffL : entry.compressed);
      out.u32(wide ? 0xffffffffL : entry.size).u16(entry.name.length).u16(extra.length).u16(0);
      out.u16(0).u16(0).u32((long) entry.mode << 16);
      out.u32(wide ? 0xffffffffL : offsets.get(i)).raw(entry.name).raw(extra);
    }
    long size = out.size() - directory;
    int count = entries.size() + countMore;
    if (large) {
      long end = out.size();
      out.u32(0x06064b50).u64(44).u16(45).u16(45).u32(0).u32(0).u64(count).u64(count);
      out.u64(size).u64(directory);
      out.u32(0x07064b50).u32(0).u64(end).u32(1);
      out.u32(0x06054b50).u16(0).u16(0).u16(0xffff).u16(0xffff).u32(0xffffffffL);
      out.u32(0xffffffffL);
    } else {
      out.u32(0x06054b50).u16(0).u16(0).u16(count).u16(count).u32(size).u32(directory);
    }
    return out.u16(comment.length).raw(comment).bytes();
  }

  static byte[] deflate(byte[] content) {
    Deflater deflater = new Deflater(6, true);
    deflater.setInput(content);
    deflater.finish();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    while (!deflater.finished()) {
      out.write(buffer, 0, deflater.deflate(buffer));
    }
    deflater.end();
    return out.toByteArray();
  }

  /** Little-endian numbers. */
  static final class Out {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Out u16(int number) {
      bytes.write(number);
      bytes.write(number >> 8);
      return this;
    }

    Out u32(long number) {
      return u16((int) number & 0xffff).u16((int) (number >> 16) & 0xffff);
    }

    Out u64(long number) {
      return u32(number).u32(number >> 32);
    }

    Out raw(byte[] some) {
      bytes.writeBytes(some);
      return this;
    }

    long size() {
      return bytes.size();
    }

    byte[] bytes() {
      return bytes.toByteArray();
    }
  }
}
