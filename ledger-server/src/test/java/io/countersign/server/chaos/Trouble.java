package io.countersign.server.chaos;

import io.countersign.server.testing.AcquirerLine.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Makes trouble: every kind of it in a drawn order, and again, until nobody is left to be
/// troubled. At the end everything is as it should be.
final class Trouble {

  enum Kind {
    KILL_FIRST_SERVER,
    KILL_SECOND_SERVER,
    KILL_POSTGRES,
    KILL_ACQUIRER,
    CUT_LINE,
    SILENT_LINE,
    SLOW_LINE
  }

  private static final long LASTS_MILLIS = 2500;
  private static final long REST_MILLIS_MAX = 1500;
  private static final int SLOW_MILLIS_MAX = 800;

  private final Stage stage;
  private final Random random;
  private final Map<Kind, Integer> made = new EnumMap<>(Kind.class);

  Trouble(Stage stage, long seed) {
    this.stage = stage;
    this.random = new Random(seed);
  }

  Map<Kind, Integer> made() {
    return made;
  }

  /// Makes each kind once at least.
  void make(BooleanSupplier isOver) throws Exception {
    List<CompletableFuture<Void>> starts = new ArrayList<>();
    do {
      List<Kind> kinds = new ArrayList<>(Arrays.asList(Kind.values()));
      Collections.shuffle(kinds, random);
      for (Kind kind : kinds) {
        make(kind, starts);
        made.merge(kind, 1, Integer::sum);
        TimeUnit.MILLISECONDS.sleep(random.nextLong(REST_MILLIS_MAX));
      }
      CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).join();
      starts.clear();
    } while (!isOver.getAsBoolean());
  }

  private void make(Kind kind, List<CompletableFuture<Void>> starts) throws Exception {
    switch (kind) {
      // A start takes its time; other things happen meanwhile.
      case KILL_FIRST_SERVER -> starts.add(CompletableFuture.runAsync(() -> killServer(0)));
      case KILL_SECOND_SERVER -> starts.add(CompletableFuture.runAsync(() -> killServer(1)));
      case KILL_POSTGRES -> stage.killPostgres();
      case KILL_ACQUIRER -> stage.acquirer().killAndRestart();
      case CUT_LINE -> lineIs(State.CUT);
      case SILENT_LINE -> lineIs(State.SILENT);
      case SLOW_LINE -> {
        stage.line().lateBy(SLOW_MILLIS_MAX);
        TimeUnit.MILLISECONDS.sleep(LASTS_MILLIS);
        stage.line().lateBy(0);
      }
    }
  }

  private void lineIs(State state) throws InterruptedException {
    stage.line().become(state);
    TimeUnit.MILLISECONDS.sleep(LASTS_MILLIS);
    stage.line().become(State.OPEN);
  }

  private void killServer(int number) {
    try {
      stage.killServer(number);
    } catch (Exception e) {
      throw new CompletionException(e);
    }
  }
}
