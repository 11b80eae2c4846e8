package dev.rendition.local.resample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The working arrays of resamplers, lent and taken back so that the next picture makes no garbage.
 *
 * <p>One worker owns one. Arrays come with old contents. Not safe for use by many threads.
 */
public final class Scratch {
  private static final int GRAIN = 256;
  private static final int MAX_IDLE = 384;
  private static final int MAX_WEIGHTS = 1 << 18;

  private final List<int[]> ints = new ArrayList<>();
  private final List<long[]> longs = new ArrayList<>();
  private final List<byte[]> bytes = new ArrayList<>();
  private final Map<Axis.Key, Axis> axes = new LinkedHashMap<>();
  private int weights;

  /** Forgets every idle array and table. */
  public void clear() {
    ints.clear();
    longs.clear();
    bytes.clear();
    axes.clear();
    weights = 0;
  }

  /** Returns the size of a fresh array of {@code length} elements in bytes, a little too much. */
  static long bytesAtMost(long length, int element) {
    return (length + GRAIN) * element + 32;
  }

  /** Returns the size of the idle arrays in bytes. */
  long idleBytes() {
    return ints.stream().mapToLong(array -> 4L * array.length).sum()
        + longs.stream().mapToLong(array -> 8L * array.length).sum()
        + bytes.stream().mapToLong(array -> array.length).sum();
  }

  int[] ints(int length) {
    for (int i = ints.size() - 1; i >= 0; i--) {
      if (fits(ints.get(i).length, length)) {
        return ints.remove(i);
      }
    }
    return new int[rounded(length)];
  }

  long[] longs(int length) {
    for (int i = longs.size() - 1; i >= 0; i--) {
      if (fits(longs.get(i).length, length)) {
        return longs.remove(i);
      }
    }
    return new long[rounded(length)];
  }

  byte[] bytes(int length) {
    for (int i = bytes.size() - 1; i >= 0; i--) {
      if (fits(bytes.get(i).length, length)) {
        return bytes.remove(i);
      }
    }
    return new byte[rounded(length)];
  }

  void giveBack(int[] array) {
    keep(ints, array);
  }

  void giveBack(long[] array) {
    keep(longs, array);
  }

  void giveBack(byte[] array) {
    keep(bytes, array);
  }

  /**
   * Returns the taps of an axis, from memory when they were made before: planes share them, and so
   * do pictures of one size. Those used longest ago are forgotten.
   */
  Axis axis(Axis.Key key) {
    Axis known = axes.remove(key);
    Axis axis = known != null ? known : Axis.of(key);
    weights += known != null ? 0 : axis.weights.length;
    axes.put(key, axis);
    Iterator<Axis> oldest = axes.values().iterator();
    while (weights > MAX_WEIGHTS && axes.size() > 1) {
      weights -= oldest.next().weights.length;
      oldest.remove();
    }
    return axis;
  }

  /** Returns the tables kept. */
  Collection<Axis> axes() {
    return axes.values();
  }

  private static boolean fits(int length, int wanted) {
    return length >= wanted && length / 2 <= rounded(wanted);
  }

  private static int rounded(int length) {
    return Math.addExact(length, GRAIN - 1) / GRAIN * GRAIN;
  }

  /** Keeps an array; the one idle for longest goes when there are too many. */
  private static <T> void keep(List<T> idle, T array) {
    if (idle.size() >= MAX_IDLE) {
      idle.remove(0);
    }
    idle.add(array);
  }
}
