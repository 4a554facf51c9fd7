package io.countersign.server.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EventStreamTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final EventStream stream = new EventStream(1, new UUID(0, 1));

  @Test
  void what_was_told_is_written_in_the_form_of_server_sent_events()
      throws IOException, InterruptedException {
    stream.tell("queues", "{\"queues\":[]}");
    stream.end();
    stream.writeTo(out, LONG, LONG);
    // It was ended before it began to write: nothing but the first line is owed.
    assertThat(written()).startsWith("retry: 2000\n\n");

    EventStream other = new EventStream(1, new UUID(0, 1));
    other.tell("queues", "{\"queues\":[]}");
    other.writeTo(out, Duration.ofMillis(300), Duration.ofMillis(100));
    assertThat(written()).contains("event: queues\ndata: {\"queues\":[]}\n\n");
  }

  @Test
  void a_silent_stream_says_that_it_is_there_and_ends_after_its_longest_time()
      throws IOException, InterruptedException {
    stream.writeTo(out, Duration.ofMillis(350), Duration.ofMillis(100));
    assertThat(written()).contains(": still here\n\n");
  }

  // Nobody reads it, so what is told piles up; the server keeps a bounded amount of it.
  @Test
  void who_reads_too_slowly_is_let_go() throws IOException, InterruptedException {
    for (int i = 0; i < 100; i++) {
      stream.tell("changed", "{}");
    }
    stream.writeTo(out, LONG, LONG);
    assertThat(written()).isEqualTo("retry: 2000\n\n");
  }

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }
}
