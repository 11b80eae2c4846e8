package dev.rendition.local.png;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes the signature and the chunks of PNG, 5; coded data in chunks of at most 32 KB. */
final class PngChunks {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int CHUNK = 1 << 15;

  private final OutputStream out;
  private final byte[] data = new byte[CHUNK];
  private int dataLength;

  PngChunks(OutputStream out) {
    this.out = out;
  }

  /** Writes all that precedes a palette; sRGB with the perceptual intent, PNG 11.3.2.5. */
  void header(int width, int height, int bitDepth, int colourType) throws IOException {
    out.write(ByteBuffer.allocate(8).putLong(SIGNATURE).array());
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) bitDepth)
            .put((byte) colourType)
            .array();
    chunk("IHDR", header, header.length);
    chunk("sRGB", new byte[1], 1);
  }

  /** Writes an Exif block if there is one. */
  void exif(byte[] block) throws IOException {
    if (block.length > 0) {
      chunk("eXIf", block, block.length);
    }
  }

  void chunk(String type, byte[] content, int length) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content, 0, length);
    out.write(ByteBuffer.allocate(4).putInt(length).array());
    out.write(name);
    out.write(content, 0, length);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }

  /** Lets the deflater use up its input. */
  void drain(Deflater deflater) throws IOException {
    // The first call after a change of strategy may take and give nothing: ask, do not count.
    while (!deflater.needsInput()) {
      take(deflater);
    }
  }

  /** Takes all that is left. */
  void finish(Deflater deflater) throws IOException {
    deflater.finish();
    while (!deflater.finished()) {
      take(deflater);
    }
  }

  private void take(Deflater deflater) throws IOException {
    dataLength += deflater.deflate(data, dataLength, CHUNK - dataLength);
    if (dataLength == CHUNK) {
      flush();
    }
  }

  void end() throws IOException {
    flush();
    chunk("IEND", new byte[0], 0);
  }

  private void flush() throws IOException {
    if (dataLength > 0) {
      chunk("IDAT", data, dataLength);
      dataLength = 0;
    }
  }
}
