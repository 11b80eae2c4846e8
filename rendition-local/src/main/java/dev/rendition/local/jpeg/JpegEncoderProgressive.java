package dev.rendition.local.jpeg;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Codes the scans of a progressive file: T.81, G.1.2, each with tables made for it. */
final class JpegEncoderProgressive {
  private final List<EncoderComponent> components;
  private final List<EncoderCoefficients> coefficients = new ArrayList<>();
  private final EncoderTokens tokens;

  JpegEncoderProgressive(List<EncoderComponent> components, EncoderTokens tokens) {
    this.components = components;
    this.tokens = tokens;
    ForwardDct tile = new ForwardDct();
    for (EncoderComponent component : components) {
      coefficients.add(new EncoderCoefficients(component, tile));
    }
  }

  void writeTo(JpegEncoderMarkers markers, JpegEncoderOutput out) throws IOException {
    for (EncoderScan scan : EncoderScan.progression(components.size())) {
      tokens.clear();
      if (scan.usesAcTable()) {
        collectAc(scan);
      } else {
        collectDc(scan);
      }
      List<EncoderHuffman> tables = tokens.optimalTables();
      writeTables(scan, tables, markers);
      markers.scan(components, scan);
      tokens.writeTo(out, tables);
      out.endBits();
    }
  }

  private void writeTables(
      EncoderScan scan, List<EncoderHuffman> tables, JpegEncoderMarkers markers)
      throws IOException {
    if (scan.usesAcTable()) {
      int table = components.get(scan.components().get(0)).table;
      markers.huffman(1, table, tables.get(EncoderTokens.AC + table));
    } else if (scan.usesDcTable()) {
      for (int table = 0; table < (components.size() > 1 ? 2 : 1); table++) {
        markers.huffman(0, table, tables.get(EncoderTokens.DC + table));
      }
    }
  }

  private void collectDc(EncoderScan scan) {
    EncoderComponent luma = components.get(0);
    int columns = (luma.blockColumns + luma.across - 1) / luma.across;
    int rows = (luma.blockRows + luma.down - 1) / luma.down;
    int[] last = new int[components.size()];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        for (int index = 0; index < components.size(); index++) {
          collectDc(scan, index, row, column, last);
        }
      }
    }
  }

  /** Takes one component's blocks of one unit; blocks outside the picture repeat the last DC. */
  private void collectDc(EncoderScan scan, int index, int unitRow, int unitColumn, int[] last) {
    EncoderComponent component = components.get(index);
    tokens.reserve(4);
    for (int down = 0; down < component.down; down++) {
      int row = unitRow * component.down + down;
      for (int across = 0; across < component.across; across++) {
        int column = unitColumn * component.across + across;
        boolean inside = row < component.blockRows && column < component.blockColumns;
        int dc =
            inside ? coefficients.get(index).values(row)[column * 64] >> scan.low() : last[index];
        if (scan.usesDcTable()) {
          tokens.value(EncoderTokens.DC + component.table, 0, dc - last[index]);
        } else {
          tokens.plain(1, dc & 1);
        }
        last[index] = dc;
      }
    }
  }

  private void collectAc(EncoderScan scan) {
    int index = scan.components().get(0);
    EncoderComponent component = components.get(index);
    EncoderBand band = new EncoderBand(scan, tokens, EncoderTokens.AC + component.table);
    for (int row = 0; row < component.blockRows; row++) {
      short[] values = coefficients.get(index).values(row);
      long[] nonZero = coefficients.get(index).nonZero(row);
      for (int column = 0; column < component.blockColumns; column++) {
        band.block(values, column * 64, nonZero[column]);
      }
    }
    band.end();
  }
}
