package io.countersign.server.overview;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One who follows the events of a ledger. What is told to it waits in a short queue; who reads too
/// slowly is let go and comes back, which costs the server less than what it cannot take.
final class EventStream {

  private static final int WAITING_MAX = 64;
  private static final String HEARTBEAT = ": still here\n\n";
  private static final String END = "";

  private final int ledger;
  private final UUID caller;
  private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private volatile boolean ended;

  EventStream(int ledger, UUID caller) {
    this.ledger = ledger;
    this.caller = caller;
  }

  int ledger() {
    return ledger;
  }

  UUID caller() {
    return caller;
  }

  /// @param json on one line
  void tell(String event, String json) {
    if (!waiting.offer("event: " + event + "\ndata: " + json + "\n\n")) {
      end();
    }
  }

  /// It ends when what it is at is written.
  void end() {
    ended = true;
    waiting.offer(END);
  }

  /// Writes until the stream is ended, has lasted `longest`, or nobody listens any more.
  ///
  /// @param heartbeat how long it is silent at most, so that both sides notice when the other is
  ///   gone
  void writeTo(OutputStream out, Duration longest, Duration heartbeat)
      throws IOException, InterruptedException {
    long begun = System.nanoTime();
    write(out, "retry: 2000\n\n");
    while (!ended && System.nanoTime() - begun < longest.toNanos()) {
      @Nullable String next = waiting.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
      write(out, next == null ? HEARTBEAT : next);
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
