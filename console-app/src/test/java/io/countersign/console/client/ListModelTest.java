package io.countersign.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.NoAnswer;
import io.countersign.model.Page;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListModelTest {

  private record Row(int id, String words) {}

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final TaskRunner tasks = new TaskRunner(waiting::add, Runnable::run);
  private final List<@Nullable String> cursors = new ArrayList<>();
  private Page<Row> answer = page(0, 100, "c1");
  private boolean down;
  private final ListModel<Row> list =
      new ListModel<>("Loading", tasks, (limit, after) -> answer(after), Row::id);

  private Page<Row> answer(@Nullable String after) {
    cursors.add(after);
    if (down) {
      throw new NoAnswer("nothing", new IOException());
    }
    return answer;
  }

  private static Page<Row> page(int from, int to, @Nullable String next) {
    return new Page<>(
        IntStream.range(from, to).mapToObj(id -> new Row(id, "row " + id)).toList(), next, null);
  }

  private void arrive() {
    while (!waiting.isEmpty()) {
      waiting.remove().run();
    }
  }

  @Test
  void a_late_answer_to_an_old_question_is_dropped() {
    list.reload();
    Runnable old = waiting.remove();
    answer = page(500, 501, null);
    list.reload();
    arrive();
    answer = page(0, 100, "c1");
    old.run();

    assertThat(list.rows()).hasSize(1);
    assertThat(Thread.interrupted()).as("the old one was cancelled").isTrue();
  }

  @Test
  void the_next_page_is_fetched_once_when_the_reader_comes_near_the_end() {
    list.reload();
    arrive();
    list.seen(10);
    assertThat(waiting).isEmpty();

    answer = page(100, 150, null);
    list.seen(80);
    list.seen(81);
    arrive();

    assertThat(list.rows()).hasSize(150);
    assertThat(cursors).containsExactly(null, "c1");
    assertThat(list.hasMore()).isFalse();
  }

  @Test
  void the_choice_survives_a_refresh_by_id() {
    list.reload();
    arrive();
    list.select(list.rows().get(7));
    answer = new Page<>(List.of(new Row(7, "changed")), null, null);
    list.refresh();
    arrive();

    assertThat(list.selected()).isEqualTo(new Row(7, "changed"));
  }

  @Test
  void loading_empty_and_failed_are_told_apart() {
    list.reload();
    assertThat(list.phaseProperty().get()).isEqualTo(ListPhase.LOADING);
    answer = page(0, 0, null);
    arrive();
    assertThat(list.phaseProperty().get()).isEqualTo(ListPhase.EMPTY);

    down = true;
    list.reload();
    arrive();
    assertThat(list.phaseProperty().get()).isEqualTo(ListPhase.FAILED);

    down = false;
    answer = page(0, 3, null);
    list.refresh();
    arrive();
    assertThat(list.phaseProperty().get()).isEqualTo(ListPhase.READY);
    assertThat(list.failureProperty().get()).isNull();
  }
}
