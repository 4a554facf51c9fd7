package io.countersign.server.journal;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/// The amounts of one step of the [AmountScale] in a block, each with the transactions that have an
/// entry of it: so a search for one amount does not meet those beside it.
///
/// Stored ascending as eight bytes of amount, four of length, and the positions.
final class SearchAmounts {

  private static final int HEAD = Long.BYTES + Integer.BYTES;

  private final Map<Long, SearchPositions> amounts = new TreeMap<>();

  void add(long amount, int position) {
    amounts.computeIfAbsent(amount, it -> new SearchPositions()).add(position);
  }

  byte[] encoded() {
    Map<Long, byte[]> encoded = new TreeMap<>();
    amounts.forEach((amount, positions) -> encoded.put(amount, positions.encoded()));
    int length = encoded.values().stream().mapToInt(it -> HEAD + it.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    encoded.forEach(
        (amount, positions) -> bytes.putLong(amount).putInt(positions.length).put(positions));
    return bytes.array();
  }

  /// Adds to `bits` the transactions with amounts from `least` to `most`.
  static void decode(byte[] stored, long least, long most, BitSet bits) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    while (bytes.hasRemaining()) {
      long amount = bytes.getLong();
      int length = bytes.getInt();
      if (amount > most) {
        return;
      }
      int start = bytes.position();
      if (amount >= least) {
        SearchPositions.decode(stored, start, start + length, bits);
      }
      bytes.position(start + length);
    }
  }
}
