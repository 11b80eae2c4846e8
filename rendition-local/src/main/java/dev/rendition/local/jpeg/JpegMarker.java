package dev.rendition.local.jpeg;

/** The second bytes of the markers (ITU-T T.81, table B.1). */
final class JpegMarker {
  static final int SOF0 = 0xc0;
  static final int SOF1 = 0xc1;
  static final int SOF2 = 0xc2;
  static final int DHT = 0xc4;
  static final int JPG = 0xc8;
  static final int SOF9 = 0xc9;
  static final int SOF10 = 0xca;
  static final int DAC = 0xcc;
  static final int SOF15 = 0xcf;
  static final int RST0 = 0xd0;
  static final int RST7 = 0xd7;
  static final int SOI = 0xd8;
  static final int EOI = 0xd9;
  static final int SOS = 0xda;
  static final int DQT = 0xdb;
  static final int DNL = 0xdc;
  static final int DRI = 0xdd;
  static final int APP0 = 0xe0;
  static final int APP1 = 0xe1;
  static final int APP2 = 0xe2;
  static final int APP13 = 0xed;
  static final int APP14 = 0xee;
  static final int APP15 = 0xef;
  static final int COM = 0xfe;
  static final int TEM = 0x01;

  private JpegMarker() {}

  /** Says whether the marker opens a frame: SOF0 to SOF15 without DHT, JPG and DAC. */
  static boolean isFrame(int marker) {
    return marker >= SOF0 && marker <= SOF15 && marker != DHT && marker != JPG && marker != DAC;
  }

  static boolean isRestart(int marker) {
    return marker >= RST0 && marker <= RST7;
  }

  /** Says whether the marker stands alone, without a length and parameters. */
  static boolean isBare(int marker) {
    return isRestart(marker) || marker == SOI || marker == EOI || marker == TEM;
  }

  static boolean isMetadata(int marker) {
    return (marker >= APP0 && marker <= APP15) || marker == COM;
  }
}
