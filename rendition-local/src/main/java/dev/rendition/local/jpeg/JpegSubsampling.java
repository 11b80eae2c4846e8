package dev.rendition.local.jpeg;

/** How many luma samples share one chroma sample, across and down. */
public enum JpegSubsampling {
  /** 4:4:4, chroma as large as luma. */
  FULL(1, 1),
  /** 4:2:2, chroma half as wide. */
  HALF_WIDTH(2, 1),
  /** 4:4:0, chroma half as high. */
  HALF_HEIGHT(1, 2),
  /** 4:2:0, chroma half as wide and half as high; what photos on the web use. */
  QUARTER(2, 2);

  private final int across;
  private final int down;

  JpegSubsampling(int across, int down) {
    this.across = across;
    this.down = down;
  }

  /** Returns the luma samples per chroma sample in a row, 1 or 2. */
  public int across() {
    return across;
  }

  /** Returns the luma samples per chroma sample in a column, 1 or 2. */
  public int down() {
    return down;
  }

  /** Returns the width the chroma planes must have: half a sample left over counts as one. */
  public int chromaWidth(int lumaWidth) {
    return (lumaWidth + across - 1) / across;
  }

  /** Returns the height the chroma planes must have: half a sample left over counts as one. */
  public int chromaHeight(int lumaHeight) {
    return (lumaHeight + down - 1) / down;
  }
}
