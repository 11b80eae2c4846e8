package dev.rendition.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The unfolded bytes of one entry, counted and checked here: their number, their CRC-32, and that
 * nothing is left over. What is wrong shows at the latest at the end. Not safe for use by many
 * threads.
 */
final class EntryStream extends InputStream {
  private static final int BUFFER = 8 << 10;

  private final ZipArchive archive;
  private final ZipRecord record;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private final byte[] packed = new byte[BUFFER];
  private long taken;
  private long given;
  private boolean ended;

  EntryStream(ZipArchive archive, ZipRecord record) {
    this.archive = archive;
    this.record = record;
  }

  /** Returns how many bytes have been given. */
  long given() {
    return given;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int most) throws IOException {
    if (ended || most == 0) {
      return ended ? -1 : 0;
    }
    int n =
        record.method() == ZipRecord.STORED
            ? copy(into, offset, most)
            : inflate(into, offset, most);
    if (n < 0) {
      ended = true;
      requireSound();
      return -1;
    }
    given += n;
    if (given > record.size()) {
      throw new IngestException(
          IngestReason.ENTRY_LIES, "it has more bytes than the directory says");
    }
    crc.update(into, offset, n);
    return n;
  }

  private int copy(byte[] into, int offset, int most) throws IOException {
    int n = fetch(Math.min(most, BUFFER));
    if (n > 0) {
      System.arraycopy(packed, 0, into, offset, n);
    }
    return n;
  }

  private int inflate(byte[] into, int offset, int most) throws IOException {
    try {
      while (true) {
        int n = inflater.inflate(into, offset, most);
        if (n > 0) {
          return n;
        }
        if (inflater.finished()) {
          return -1;
        }
        if (inflater.needsDictionary()) {
          throw damaged("its bytes need a dictionary");
        }
        int fetched = fetch(BUFFER);
        if (fetched < 0) {
          throw damaged("its bytes end too early");
        }
        inflater.setInput(packed, 0, fetched);
      }
    } catch (DataFormatException e) {
      throw damaged("its bytes cannot be unfolded");
    }
  }

  private int fetch(int most) throws IOException {
    long left = record.compressed() - taken;
    if (left <= 0) {
      return -1;
    }
    int n = archive.read(record.data() + taken, packed, (int) Math.min(most, left));
    if (n < 0) {
      throw damaged("its bytes end too early");
    }
    taken += n;
    return n;
  }

  private void requireSound() {
    if (given != record.size()) {
      throw new IngestException(
          IngestReason.ENTRY_LIES, "it has fewer bytes than the directory says");
    }
    boolean deflated = record.method() == ZipRecord.DEFLATED;
    if (taken - (deflated ? inflater.getRemaining() : 0) != record.compressed()) {
      throw new IngestException(IngestReason.ENTRY_LIES, "bytes are left over behind its end");
    }
    if (crc.getValue() != record.crc()) {
      throw damaged("its checksum is wrong");
    }
  }

  private static IngestException damaged(String why) {
    return new IngestException(IngestReason.ENTRY_DAMAGED, why);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
