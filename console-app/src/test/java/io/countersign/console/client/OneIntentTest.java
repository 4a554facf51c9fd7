package io.countersign.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.Intent;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OneIntentTest {

  private final AtomicInteger made = new AtomicInteger();
  private final OneIntent intent = new OneIntent(() -> new Intent("k" + made.incrementAndGet()));

  @Test
  void the_same_wish_keeps_its_key_until_its_outcome_is_known() {
    assertThat(intent.toDo("refund 5")).isEqualTo(new Intent("k1"));
    assertThat(intent.toDo("refund 5")).isEqualTo(new Intent("k1"));
    intent.settled();
    assertThat(intent.toDo("refund 5")).isEqualTo(new Intent("k2"));
  }

  @Test
  void another_wish_is_another_intent() {
    intent.toDo("refund 5");
    assertThat(intent.toDo("refund 6")).isEqualTo(new Intent("k2"));
  }
}
