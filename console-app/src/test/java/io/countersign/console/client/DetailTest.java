package io.countersign.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.NoAnswer;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DetailTest {

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final Detail<String> detail =
      new Detail<>("Loading", new TaskRunner(waiting::add, Runnable::run));

  private void arrive() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  @Test
  void what_is_shown_of_the_same_thing_stays_until_the_answer_is_there() {
    detail.ask("pay_1", () -> "as it was");
    arrive();
    detail.ask("pay_1", () -> "as it is");
    assertThat(detail.value()).isEqualTo("as it was");
    arrive();
    assertThat(detail.value()).isEqualTo("as it is");
  }

  @Test
  void what_is_shown_of_another_thing_goes_away_at_once() {
    detail.ask("pay_1", () -> "one");
    arrive();
    detail.ask("pay_2", () -> "two");
    assertThat(detail.value()).isNull();
    assertThat(detail.isLoading()).isTrue();

    detail.clear();
    detail.ask("pay_2", () -> "two");
    assertThat(detail.value()).isNull();
  }

  @Test
  void a_refresh_that_failed_leaves_what_was_there_and_says_so() {
    detail.ask("pay_1", () -> "as it was");
    arrive();
    detail.ask(
        "pay_1",
        () -> {
          throw new NoAnswer("nothing", new IOException());
        });
    arrive();
    assertThat(detail.value()).isEqualTo("as it was");
    assertThat(detail.failureProperty().get()).isNotNull();
  }
}
