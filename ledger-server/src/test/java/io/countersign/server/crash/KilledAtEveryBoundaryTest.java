package io.countersign.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.crash.Boundaries.Side;
import io.countersign.server.testing.TestApi.Reply;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// `kill -9` of the server before and after each commit and each call of its acquirer, then a
/// restart: one charge, one transaction, the right end.
///
/// One piece of work waits at each boundary, and one kill hits them all; how often the whole is
/// repeated: `-Dcountersign.crash.rounds=20`.
class KilledAtEveryBoundaryTest {

  private static final int ROUNDS = Integer.getInteger("countersign.crash.rounds", 1);

  /// A server that lives gives up on a call that is stopped after 7.5 s, and takes up a saga that
  /// nobody carries on after 15 s: killed well before.
  private static final Duration STOPPED_AT_MOST = Duration.ofSeconds(3);

  private static final Duration REACHED_AT_MOST = Duration.ofSeconds(30);

  private record Kill(Scenario scenario, String tag, int boundary, Side side, String name) {
    @Override
    public String toString() {
      return scenario + ", " + side + " " + name + " (" + tag + ")";
    }

    Kill again() {
      return new Kill(scenario, tag + "-again", boundary, side, name);
    }
  }

  @Test
  void whatever_it_was_at_is_done_once_and_whole_after_a_restart() throws Exception {
    try (Bench bench = new Bench()) {
      List<Scenario> scenarios =
          List.of(
              new ChargeScenario(bench, "tok_ok"),
              new ChargeScenario(bench, "tok_charged_no_answer"),
              new ReversalScenario(bench),
              new RefundScenario(bench),
              new TransferScenario(bench));
      Map<Scenario, List<String>> boundaries = recorded(bench, scenarios);
      for (int round = 0; round < ROUNDS; round++) {
        Deque<Kill> kills = kills(boundaries, round);
        while (!kills.isEmpty()) {
          killAt(bench, kills);
        }
      }
    }
  }

  /// What a scenario does when nothing happens to it. The first charge of all also makes accounts
  /// that the others share, and is not counted.
  private static Map<Scenario, List<String>> recorded(Bench bench, List<Scenario> scenarios) {
    Map<Scenario, List<String>> boundaries = new LinkedHashMap<>();
    for (Scenario scenario : scenarios) {
      for (String tag : List.of("warm", "recorded")) {
        String name = tag + "-" + boundaries.size();
        scenario.prepare(name);
        boundaries.put(
            scenario,
            bench.boundaries().record(() -> scenario.check(name, scenario.askAgain(name))));
      }
    }
    boundaries.forEach((scenario, names) -> System.out.println(scenario + ": " + names));
    List<Scenario> all = List.copyOf(boundaries.keySet());
    assertThat(boundaries.get(all.getFirst()))
        .as("a charge is a commit, a call and a commit, and its answer is given")
        .containsSubsequence(
            "commit [idempotency.key, payments.payment, sagas.saga]",
            "POST /v1/charges",
            "commit [idempotency.key, payments.payment, sagas.saga]");
    assertThat(boundaries.get(all.getLast()))
        .containsExactly(
            "commit [idempotency.key, sagas.saga, transfers.departure]",
            "commit [transfers.arrival]",
            "commit [sagas.saga]");
    return boundaries;
  }

  private static Deque<Kill> kills(Map<Scenario, List<String>> boundaries, int round) {
    Deque<Kill> kills = new ArrayDeque<>();
    boundaries.forEach(
        (scenario, names) -> {
          for (int boundary = 0; boundary < names.size(); boundary++) {
            for (Side side : Side.values()) {
              String tag = "kill-%d-%d".formatted(round, kills.size());
              kills.add(new Kill(scenario, tag, boundary, side, names.get(boundary)));
            }
          }
        });
    return kills;
  }

  private static void killAt(Bench bench, Deque<Kill> kills) throws Exception {
    // Made before anything is stopped: what is stopped holds locks.
    kills.forEach(kill -> kill.scenario().prepareOnce(kill.tag()));
    List<Kill> asked = new ArrayList<>();
    Duration patience = REACHED_AT_MOST;
    long end = System.nanoTime() + STOPPED_AT_MOST.toNanos();
    while (!kills.isEmpty() && !patience.isNegative()) {
      Kill kill = kills.remove();
      asked.add(kill);
      boolean reached =
          bench
              .boundaries()
              .stop(kill.boundary(), kill.side(), () -> kill.scenario().ask(kill.tag()), patience);
      if (!reached) {
        // What waits already must not wait longer. This one is killed wherever it is, too.
        assertThat(asked).as("never reached: %s", kill).hasSizeGreaterThan(1);
        kills.add(kill.again());
      }
      patience = Duration.ofNanos(end - System.nanoTime());
    }
    bench.killAndRestart();
    Map<Kill, Reply> answers = new LinkedHashMap<>();
    for (Kill kill : asked) {
      answers.put(kill, kill.scenario().askAgain(kill.tag()));
    }
    answers.forEach(
        (kill, answer) -> {
          try {
            kill.scenario().check(kill.tag(), answer);
          } catch (AssertionError wrong) {
            throw new AssertionError("killed at " + kill + ": " + wrong.getMessage(), wrong);
          }
        });
  }
}
