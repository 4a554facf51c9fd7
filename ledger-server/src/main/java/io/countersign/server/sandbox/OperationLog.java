package io.countersign.server.sandbox;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The acquirer's memory: a file to which one JSON line is appended per change, and nothing else.
///
/// A line counts once [#force()] has returned after it. A last line that a crash tore is cut off at
/// the next start; damage anywhere else stops the start, since it was acknowledged.
final class OperationLog implements AutoCloseable {

  /// One line: what became of a key, or an event that a webhook's receiver has taken.
  record Line(@Nullable Operation operation, @Nullable String delivered) {}

  private final FileChannel channel;
  private final Object forcing = new Object();
  // Written under the lock of whoever appends, read by whoever forces.
  private volatile long written;
  private long forced;
  private volatile boolean broken;

  private OperationLog(FileChannel channel, long length) {
    this.channel = channel;
    this.written = length;
    this.forced = length;
  }

  /// Opens or makes the file and hands every line in it to `replay`, oldest first.
  static OperationLog open(Path file, Consumer<Line> replay) {
    try {
      long intact = Files.exists(file) ? replayed(file, replay) : 0;
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.truncate(intact);
      channel.position(intact);
      channel.force(true);
      return new OperationLog(channel, intact);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + file, e);
    }
  }

  /// @return how many bytes from the start hold whole lines
  private static long replayed(Path file, Consumer<Line> replay) throws IOException {
    long intact = 0;
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        if (next != '\n') {
          line.write(next);
          continue;
        }
        byte[] json = line.toByteArray();
        line.reset();
        try {
          replay.accept(Json.read(json, Line.class));
        } catch (Refusal unreadable) {
          if (in.read() < 0) {
            return intact;
          }
          throw new IllegalStateException(
              file + " is damaged at byte " + intact + ": " + unreadable.detail(), unreadable);
        }
        intact += json.length + 1;
      }
    }
    return intact;
  }

  /// Not safe for two threads at once: the caller holds its lock, so that lines stand in the order
  /// in which they were decided.
  void append(Line line) {
    requireWhole();
    byte[] json = Json.write(line).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(json.length + 1).put(json).put((byte) '\n').flip();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      written = written + json.length + 1;
    } catch (IOException e) {
      broken = true;
      throw new UncheckedIOException("cannot append to the operation log", e);
    }
  }

  /// Returns when everything appended so far is on disk; who waits shares the sync of who came
  /// first.
  void force() {
    long needed = written;
    synchronized (forcing) {
      if (forced >= needed) {
        return;
      }
      requireWhole();
      long target = written;
      try {
        channel.force(false);
        forced = target;
      } catch (IOException e) {
        broken = true;
        throw new UncheckedIOException("cannot sync the operation log", e);
      }
    }
  }

  /// After a failed write the file may end in half a line: only a restart, which cuts it off, may
  /// write again.
  private void requireWhole() {
    if (broken) {
      throw new IllegalStateException("the operation log failed earlier; restart the acquirer");
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the operation log", e);
    }
  }
}
