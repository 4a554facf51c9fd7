package io.countersign.server.reconciliation;

import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file that is kept in numbered chunks, of which one at a time is in memory.
final class ChunkStream extends InputStream {

  /// Numbered from 0.
  @FunctionalInterface
  interface Chunks {
    /// @return null behind the last
    byte @Nullable [] chunk(int number);
  }

  private final Chunks chunks;
  private byte @Nullable [] chunk;
  private int number;
  private int position;

  ChunkStream(Chunks chunks) {
    this.chunks = chunks;
    this.chunk = chunks.chunk(0);
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, target.length);
    byte[] current = chunk;
    while (current != null && position == current.length) {
      number++;
      position = 0;
      current = chunks.chunk(number);
      chunk = current;
    }
    if (current == null) {
      return -1;
    }
    int read = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, read);
    position += read;
    return read;
  }
}
