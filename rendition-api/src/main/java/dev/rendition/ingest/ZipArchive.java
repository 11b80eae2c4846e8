package dev.rendition.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A zip archive, read by its directory (APPNOTE.TXT of PKWARE, 4.3), strictly: what two programs
 * could read as two archives is refused. It begins with an entry, has one end, and its entries
 * share no byte. Not safe for use by many threads.
 */
final class ZipArchive implements Closeable {
  private static final long LOCAL = 0x04034b50;
  private static final long CENTRAL = 0x02014b50;
  private static final long END = 0x06054b50;
  private static final long END64 = 0x06064b50;
  private static final long LOCATOR64 = 0x07064b50;
  private static final int END_LENGTH = 22;
  private static final int END64_LENGTH = 56;
  private static final int LOCATOR64_LENGTH = 20;
  private static final int CENTRAL_LENGTH = 46;
  private static final int LOCAL_LENGTH = 30;
  private static final int EXTRA64 = 1;
  private static final long MAX16 = 0xffffL;
  private static final long MAX32 = 0xffff_ffffL;
  private static final int LONGEST_NAME = 4_096;

  private final FileChannel file;
  private final long length;
  private final ZipRules rules;
  private final List<ZipRecord> records = new ArrayList<>();
  private long directory;
  private long directoryEnd;
  private long count;

  private ZipArchive(FileChannel file, long length, ZipRules rules) {
    this.file = file;
    this.length = length;
    this.rules = rules;
  }

  /**
   * Reads the directory of an archive.
   *
   * @throws IngestException if it is none, or exceeds the rules
   */
  static ZipArchive open(Path path, ZipRules rules) throws IOException {
    FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
    boolean open = false;
    try {
      ZipArchive archive = new ZipArchive(file, file.size(), rules);
      archive.readEnd();
      archive.readDirectory();
      archive.readHeaders();
      archive.requireApart();
      open = true;
      return archive;
    } finally {
      if (!open) {
        file.close();
      }
    }
  }

  /** Returns the entries in the order of the directory. */
  List<ZipRecord> records() {
    return records;
  }

  /** Reads bytes of an entry as they lie there; returns how many, -1 at the end of the file. */
  int read(long position, byte[] into, int most) throws IOException {
    return file.read(ByteBuffer.wrap(into, 0, most), position);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void readEnd() throws IOException {
    if (length > rules.maxBytes()) {
      throw Gauge.tooLarge("the archive", rules.maxBytes());
    }
    if (length < END_LENGTH) {
      throw damaged("it has " + length + " bytes, too few for any archive");
    }
    int tail = (int) Math.min(length, END_LENGTH + MAX16);
    Window window = new Window(file, tail);
    long end = -1;
    for (long at = length - tail; at <= length - END_LENGTH; at++) {
      if (window.u8(at) == 'P'
          && window.u32(at) == END
          && at + END_LENGTH + window.u16(at + 20) == length) {
        if (end >= 0) {
          throw damaged("it has two ends, and programs differ in which they take");
        }
        end = at;
      }
    }
    if (end < 0) {
      throw damaged("it has no directory at its end: it is no zip archive, or was cut off");
    }
    readEnd(window, end);
    long first = new Window(file, 4).u32(0);
    if (first != (count == 0 ? first : LOCAL)) {
      throw damaged("it begins with something else than an entry; take that away");
    }
  }

  private void readEnd(Window window, long end) throws IOException {
    boolean disks = window.u16(end + 4) != 0 || window.u16(end + 6) != 0;
    count = window.u16(end + 10);
    long size = window.u32(end + 12);
    directory = window.u32(end + 16);
    long here = window.u16(end + 8);
    directoryEnd = end;
    boolean large = count == MAX16 || size == MAX32 || directory == MAX32;
    long locator = end - LOCATOR64_LENGTH;
    if (large && locator >= END64_LENGTH && new Window(file, 4).u32(locator) == LOCATOR64) {
      Window around = new Window(file, END64_LENGTH);
      long end64 = around.u64(locator + 8);
      if (end64 < 0 || end64 > locator - END64_LENGTH || around.u32(end64) != END64) {
        throw damaged("its large end is not where it says");
      }
      if (around.u64(end64 + 4) != locator - end64 - 12) {
        throw damaged("its large end has another length than it says");
      }
      disks = around.u32(end64 + 16) != 0 || around.u32(end64 + 20) != 0;
      here = around.u64(end64 + 24);
      count = around.u64(end64 + 32);
      size = around.u64(end64 + 40);
      directory = around.u64(end64 + 48);
      directoryEnd = end64;
    }
    if (disks || here != count) {
      throw damaged("it is one of several parts");
    }
    if (count < 0
        || size < 0
        || directory < 0
        || directory > directoryEnd
        || size != directoryEnd - directory) {
      throw damaged("its directory is not where it says");
    }
    if (count > rules.maxEntries()) {
      throw new IngestException(
          IngestReason.TOO_MANY_ENTRIES,
          "the archive has "
              + count
              + " entries, and "
              + rules.maxEntries()
              + " are allowed; divide it, or raise the limit");
    }
  }

  private void readDirectory() throws IOException {
    Window window = new Window(file, 64 << 10);
    long at = directory;
    while (at < directoryEnd) {
      if (records.size() >= count
          || at + CENTRAL_LENGTH > directoryEnd
          || window.u32(at) != CENTRAL) {
        throw damaged("its directory has other entries than its end says");
      }
      int name = window.u16(at + 28);
      int extra = window.u16(at + 30);
      long next = at + CENTRAL_LENGTH + name + extra + window.u16(at + 32);
      if (next > directoryEnd) {
        throw damaged("an entry of its directory is cut off");
      }
      records.add(central(window, at, name, extra));
      at = next;
    }
    if (records.size() != count) {
      throw damaged("its directory has other entries than its end says");
    }
  }

  private ZipRecord central(Window window, long at, int name, int extra) throws IOException {
    long compressed = window.u32(at + 20);
    long size = window.u32(at + 24);
    long offset = window.u32(at + 42);
    Extra64 large = new Extra64(window, at + CENTRAL_LENGTH + name, extra);
    size = size == MAX32 ? large.next() : size;
    compressed = compressed == MAX32 ? large.next() : compressed;
    offset = offset == MAX32 ? large.next() : offset;
    return new ZipRecord(
        window.bytes(at + CENTRAL_LENGTH, Math.min(name, LONGEST_NAME)),
        name > LONGEST_NAME,
        window.u16(at + 8),
        window.u16(at + 10),
        window.u32(at + 16),
        compressed,
        size,
        offset,
        window.u16(at + 40));
  }

  /** Compares each entry's own header with the directory: there is one truth, or none. */
  private void readHeaders() throws IOException {
    Window window = new Window(file, 512);
    for (ZipRecord record : records) {
      long at = record.offset();
      if (at < 0
          || record.size() < 0
          || record.compressed() < 0
          || at > directory - LOCAL_LENGTH
          || window.u32(at) != LOCAL) {
        record.lie("there is no entry where the directory says");
        continue;
      }
      int name = window.u16(at + 26);
      int extra = window.u16(at + 28);
      long data = at + LOCAL_LENGTH + name + extra;
      record.data(data);
      if (data > directory || record.compressed() > directory - data) {
        record.lie("its bytes run into the directory");
        continue;
      }
      compare(window, record, name, extra);
    }
  }

  private void compare(Window window, ZipRecord record, int name, int extra) throws IOException {
    long at = record.offset();
    int kept = record.rawName().length;
    if ((record.nameCut() ? name <= kept : name != kept)
        || !Arrays.equals(window.bytes(at + LOCAL_LENGTH, kept), record.rawName())) {
      record.lie("it has another name than in the directory");
    }
    int flags = window.u16(at + 6);
    if (window.u16(at + 8) != record.method() || ((flags ^ record.flags()) & 0x2049) != 0) {
      record.lie("it is packed in another way than the directory says");
    }
    long crc = window.u32(at + 14);
    long compressed = window.u32(at + 18);
    long size = window.u32(at + 22);
    if (compressed == MAX32 || size == MAX32) {
      Extra64 large = new Extra64(window, at + LOCAL_LENGTH + name, extra);
      size = size == MAX32 ? large.next() : size;
      compressed = compressed == MAX32 ? large.next() : compressed;
    }
    boolean later = record.described();
    if (differs(crc, record.crc(), later)
        || differs(compressed, record.compressed(), later)
        || differs(size, record.size(), later)) {
      record.lie("it has other sizes than the directory says");
    }
  }

  private static boolean differs(long here, long said, boolean later) {
    return here != said && !(later && here == 0);
  }

  /** Refuses entries that share bytes: only bombs have them. */
  private void requireApart() {
    List<ZipRecord> placed = new ArrayList<>(records);
    placed.removeIf(record -> record.data() < 0);
    placed.sort(Comparator.comparingLong(ZipRecord::offset));
    long free = 0;
    for (ZipRecord record : placed) {
      if (record.offset() < free) {
        throw new IngestException(
            IngestReason.ARCHIVE_OVERLAPPING,
            "entries of the archive share bytes, as those of sound archives never do");
      }
      free = Math.max(free, record.data() + Math.max(0, record.compressed()));
    }
  }

  private static IngestException damaged(String why) {
    return new IngestException(IngestReason.ARCHIVE_DAMAGED, "the archive cannot be read: " + why);
  }

  /** The numbers of 64 bits among the extra fields (APPNOTE.TXT, 4.5.3), in their order. */
  private static final class Extra64 {
    private final Window window;
    private long at;
    private long end;

    Extra64(Window window, long from, int length) throws IOException {
      this.window = window;
      long next = from;
      while (next + 4 <= from + length) {
        int size = window.u16(next + 2);
        if (next + 4 + size > from + length) {
          return;
        }
        if (window.u16(next) == EXTRA64) {
          at = next + 4;
          end = at + size;
          return;
        }
        next += 4 + size;
      }
    }

    /** Returns the next number; -1 if there is none, which is no size and no place. */
    long next() throws IOException {
      if (at + 8 > end) {
        return -1;
      }
      long number = window.u64(at);
      at += 8;
      return number;
    }
  }
}
