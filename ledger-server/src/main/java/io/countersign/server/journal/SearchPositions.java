package io.countersign.server.journal;

import java.util.Arrays;
import java.util.BitSet;

/// Transactions of one block, by the distance of their sequence from the block's first.
///
/// Stored as one byte that tells how, then either two bytes for each position, or a bit for each
/// place in the block, whichever is shorter.
final class SearchPositions {

  private static final byte LISTED = 0;
  private static final byte BITS = 1;
  private static final int LIST_MAX = SearchBlock.SIZE / Byte.SIZE / Short.BYTES;

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

  void addTo(BitSet bits) {
    for (int i = 0; i < count; i++) {
      bits.set(listed[i]);
    }
  }

  byte[] encoded() {
    if (count >= LIST_MAX) {
      BitSet bits = new BitSet(SearchBlock.SIZE);
      addTo(bits);
      return encoded(bits);
    }
    byte[] bytes = new byte[1 + count * Short.BYTES];
    bytes[0] = LISTED;
    for (int i = 0; i < count; i++) {
      bytes[1 + 2 * i] = (byte) (listed[i] >> Byte.SIZE);
      bytes[2 + 2 * i] = (byte) listed[i];
    }
    return bytes;
  }

  static byte[] encoded(BitSet bits) {
    if (bits.cardinality() < LIST_MAX) {
      SearchPositions positions = new SearchPositions();
      bits.stream().forEach(positions::add);
      return positions.encoded();
    }
    byte[] packed = bits.toByteArray();
    byte[] bytes = new byte[1 + packed.length];
    bytes[0] = BITS;
    System.arraycopy(packed, 0, bytes, 1, packed.length);
    return bytes;
  }

  /// Adds what is stored to `bits`.
  static void decode(byte[] bytes, BitSet bits) {
    if (bytes[0] == BITS) {
      bits.or(BitSet.valueOf(Arrays.copyOfRange(bytes, 1, bytes.length)));
      return;
    }
    for (int i = 1; i < bytes.length; i += Short.BYTES) {
      bits.set((Byte.toUnsignedInt(bytes[i]) << Byte.SIZE) | Byte.toUnsignedInt(bytes[i + 1]));
    }
  }
}
