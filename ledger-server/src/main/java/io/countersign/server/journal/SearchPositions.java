package io.countersign.server.journal;

import java.util.Arrays;
import java.util.BitSet;

/// Transactions of one block, by the distance of their sequence from the block's first.
///
/// Stored as one byte that tells how, then either two bytes for each position, or a bit for each
/// place up to the last, whichever is shorter.
final class SearchPositions {

  private static final byte LISTED = 0;
  private static final byte BITS = 1;

  private char[] listed = new char[2];
  private int count;

  /// @param position not below any that was added before
  void add(int position) {
    if (count > 0 && listed[count - 1] == position) {
      return;
    }
    if (count == listed.length) {
      listed = Arrays.copyOf(listed, count * 2);
    }
    listed[count++] = (char) position;
  }

  int count() {
    return count;
  }

  byte[] encoded() {
    if (count > 0 && count * Short.BYTES > listed[count - 1] / Byte.SIZE + 1) {
      return bits();
    }
    byte[] bytes = new byte[1 + count * Short.BYTES];
    bytes[0] = LISTED;
    for (int i = 0; i < count; i++) {
      bytes[1 + 2 * i] = (byte) (listed[i] >> Byte.SIZE);
      bytes[2 + 2 * i] = (byte) listed[i];
    }
    return bytes;
  }

  private byte[] bits() {
    BitSet bits = new BitSet(listed[count - 1] + 1);
    for (int i = 0; i < count; i++) {
      bits.set(listed[i]);
    }
    byte[] packed = bits.toByteArray();
    byte[] bytes = new byte[1 + packed.length];
    bytes[0] = BITS;
    System.arraycopy(packed, 0, bytes, 1, packed.length);
    return bytes;
  }

  /// Adds what is stored to `bits`.
  static void decode(byte[] bytes, BitSet bits) {
    decode(bytes, 0, bytes.length, bits);
  }

  /// As [#decode(byte[], BitSet)], from a part of `bytes`.
  static void decode(byte[] bytes, int start, int end, BitSet bits) {
    if (bytes[start] == BITS) {
      bits.or(BitSet.valueOf(Arrays.copyOfRange(bytes, start + 1, end)));
      return;
    }
    for (int i = start + 1; i < end; i += Short.BYTES) {
      bits.set((Byte.toUnsignedInt(bytes[i]) << Byte.SIZE) | Byte.toUnsignedInt(bytes[i + 1]));
    }
  }
}
