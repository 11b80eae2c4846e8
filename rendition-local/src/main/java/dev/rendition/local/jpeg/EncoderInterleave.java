package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks the units of an interleaved scan (T.81, A.2.3): transforms some units at a time, then hands
 * their blocks over in order. Holds a few tiles, never a row of the picture.
 */
final class EncoderInterleave {
  private final List<EncoderComponent> components;
  private final int columns;
  private final int rows;

  /** By component, then by block row in the unit, then by tile from the left. */
  private final List<ForwardDct> tiles = new ArrayList<>();

  /** For components of a scan with one component {@code across} and {@code down} do not count. */
  EncoderInterleave(List<EncoderComponent> components) {
    this.components = components;
    EncoderComponent luma = components.get(0);
    columns = (luma.blockColumns + luma.across - 1) / luma.across;
    rows = (luma.blockRows + luma.down - 1) / luma.down;
    for (EncoderComponent component : components) {
      for (int i = 0; i < component.across * component.down; i++) {
        tiles.add(new ForwardDct());
      }
    }
  }

  void run(EncoderBlockSink sink) throws IOException {
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column += ForwardDct.BLOCKS) {
        int count = Math.min(ForwardDct.BLOCKS, columns - column);
        transform(row, column, count);
        for (int unit = 0; unit < count; unit++) {
          unit(sink, row, column, unit);
        }
      }
    }
  }

  private void transform(int row, int column, int count) {
    int tile = 0;
    for (EncoderComponent component : components) {
      int first = column * component.across;
      int end = Math.min(component.blockColumns, first + count * component.across);
      for (int down = 0; down < component.down; down++) {
        int blockRow = row * component.down + down;
        for (int across = 0; across < component.across; across++) {
          int from = first + across * ForwardDct.BLOCKS;
          int blocks = Math.min(ForwardDct.BLOCKS, end - from);
          if (blocks > 0 && blockRow < component.blockRows) {
            tiles.get(tile).transform(component.plane, from, blockRow, blocks, component.quantiser);
          }
          tile++;
        }
      }
    }
  }

  private void unit(EncoderBlockSink sink, int row, int column, int unit) throws IOException {
    int firstTile = 0;
    for (int index = 0; index < components.size(); index++) {
      EncoderComponent component = components.get(index);
      int inTiles = unit * component.across;
      for (int down = 0; down < component.down; down++) {
        boolean below = row * component.down + down >= component.blockRows;
        for (int across = 0; across < component.across; across++) {
          int block = inTiles + across;
          if (below || column * component.across + block >= component.blockColumns) {
            sink.filler(index);
          } else {
            ForwardDct tile = tiles.get(firstTile + block / ForwardDct.BLOCKS);
            int inTile = block % ForwardDct.BLOCKS;
            sink.block(index, tile.coefficients, 8 * inTile, tile.nonZeroMask(inTile));
          }
        }
        firstTile += component.across;
      }
    }
  }
}
