package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.List;

/** Writes the marker segments of T.81, B.2 and the header of JFIF 1.01. */
final class JpegEncoderMarkers {
  static final int BASELINE = 0xc0;
  static final int PROGRESSIVE = 0xc2;
  private static final int START_OF_IMAGE = 0xd8;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int START_OF_SCAN = 0xda;
  private static final int QUANTISERS = 0xdb;
  private static final int HUFFMAN = 0xc4;
  private static final int APPLICATION_0 = 0xe0;

  private final JpegEncoderOutput out;

  JpegEncoderMarkers(JpegEncoderOutput out) {
    this.out = out;
  }

  /** Writes the start of the file: version 1.01, no unit, density 1:1, no thumbnail. */
  void start(JpegAttachments attachments) throws IOException {
    marker(START_OF_IMAGE);
    marker(APPLICATION_0);
    out.writeShort(16);
    for (char letter : "JFIF\0".toCharArray()) {
      out.writeByte(letter);
    }
    out.writeShort(0x0101);
    out.writeByte(0);
    out.writeShort(1);
    out.writeShort(1);
    out.writeShort(0);
    attachments.writeTo(out);
  }

  void quantisers(int number, EncoderQuantiser quantiser) throws IOException {
    marker(QUANTISERS);
    out.writeShort(2 + 1 + 64);
    out.writeByte(number);
    quantiser.writeTo(out);
  }

  void frame(int process, List<EncoderComponent> components) throws IOException {
    marker(process);
    out.writeShort(8 + 3 * components.size());
    out.writeByte(8);
    out.writeShort(components.get(0).plane.height());
    out.writeShort(components.get(0).plane.width());
    out.writeByte(components.size());
    for (int i = 0; i < components.size(); i++) {
      EncoderComponent component = components.get(i);
      out.writeByte(i + 1);
      out.writeByte(component.across << 4 | component.down);
      out.writeByte(component.table);
    }
  }

  /** Writes one table; the class is 0 for DC and 1 for AC. */
  void huffman(int tableClass, int number, EncoderHuffman table) throws IOException {
    marker(HUFFMAN);
    out.writeShort(2 + 1 + table.size());
    out.writeByte(tableClass << 4 | number);
    table.writeTo(out);
  }

  void scan(List<EncoderComponent> all, EncoderScan scan) throws IOException {
    marker(START_OF_SCAN);
    out.writeShort(6 + 2 * scan.components().size());
    out.writeByte(scan.components().size());
    for (int index : scan.components()) {
      int table = all.get(index).table;
      int dc = scan.usesDcTable() ? table : 0;
      int ac = scan.usesAcTable() ? table : 0;
      out.writeByte(index + 1);
      out.writeByte(dc << 4 | ac);
    }
    out.writeByte(scan.first());
    out.writeByte(scan.last());
    out.writeByte(scan.high() << 4 | scan.low());
  }

  void end() throws IOException {
    marker(END_OF_IMAGE);
    out.flush();
  }

  private void marker(int code) throws IOException {
    out.writeByte(0xff);
    out.writeByte(code);
  }
}
