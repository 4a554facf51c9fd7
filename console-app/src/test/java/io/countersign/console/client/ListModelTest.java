package io.countersign.console.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.client.NoAnswer;
import io.countersign.model.Page;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ListModelTest {

  private record Row(int id, String words) {}

  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private final TaskRunner tasks = new TaskRunner(waiting::add, Runnable::run);
  private final List<@Nullable String> cursors = new ArrayList<>();
  private Page<Row> answer = page(0, 100, "c1");
  private final List<Integer> limits = new ArrayList<>();
  private @Nullable Function<@Nullable String, Page<Row>> pages;
  private boolean down;
  private final ListModel<Row> list = new ListModel<>("Loading", tasks, this::answer, Row::id);

  private Page<Row> answer(int limit, @Nullable String after) {
    cursors.add(after);
    limits.add(limit);
    if (down) {
      throw new NoAnswer("nothing", new IOException());
    }
    return pages == null ? answer : pages.apply(after);
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
  void a_refresh_reads_all_that_is_shown_however_many_pages_that_takes() {
    list.reload();
    arrive();
    answer = page(100, 2_300, "c2");
    list.seen(99);
    arrive();
    assertThat(list.rows()).hasSize(2_300);
    cursors.clear();
    pages = after -> after == null ? page(0, 1_000, "p1") : more(after);
    list.refresh();
    arrive();

    assertThat(list.rows()).hasSize(2_300);
    assertThat(cursors).containsExactly(null, "p1", "p2");
    assertThat(limits).endsWith(1_000, 1_000, 300);
    assertThat(list.hasMore()).isTrue();
  }

  private static Page<Row> more(String after) {
    return after.equals("p1") ? page(1_000, 2_000, "p2") : page(2_000, 2_300, "p3");
  }

  @Test
  void whoever_keeps_the_readers_place_is_asked_before_and_told_after_rows_are_exchanged() {
    list.reload();
    arrive();
    List<Integer> sizes = new ArrayList<>();
    list.keepPlace(
        () -> {
          sizes.add(list.rows().size());
          return () -> {
            sizes.add(list.rows().size());
            list.select(null);
          };
        });
    list.select(list.rows().getFirst());
    answer = page(0, 50, null);
    list.refresh();
    arrive();

    assertThat(sizes).containsExactly(100, 50);
    assertThat(list.selected()).as("what a table does meanwhile is no choice").isNotNull();
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

  @Test
  void whoever_is_done_with_a_row_goes_on_with_the_one_that_took_its_place() {
    list.reload();
    arrive();
    list.select(list.rows().get(3));
    answer = without(3);
    list.goOn();
    list.refresh();
    arrive();
    assertThat(list.selected()).isEqualTo(new Row(4, "row 4"));

    list.refresh();
    arrive();
    assertThat(list.selected())
        .as("what is still there stays chosen")
        .isEqualTo(new Row(4, "row 4"));
    answer = without(4);
    list.refresh();
    arrive();
    assertThat(list.selected()).as("nobody said that it is done").isEqualTo(new Row(4, "row 4"));
  }

  private static Page<Row> without(int gone) {
    return new Page<>(
        IntStream.range(0, 100)
            .filter(id -> id != gone)
            .mapToObj(id -> new Row(id, "row " + id))
            .toList(),
        null,
        null);
  }
}
