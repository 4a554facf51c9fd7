package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.Balance;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldState;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestDatabase;
import io.countersign.server.testing.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Fifty callers on two servers whose clocks differ: for one the hold's time has come, so it
/// expires it while the other still captures and releases.
class HoldRaceTest {

  private static final int RACES = 100;
  private static final int CAPTURES = 21;
  private static final int RELEASES = 21;
  private static final int EXPIRIES = 8;
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  /// What is posted and pending on an account at one moment.
  private record Stand(long posted, long pending) {}

  @Test
  void of_captures_releases_and_expiry_exactly_one_wins_and_available_is_never_wrong()
      throws Exception {
    try (TestDatabase database = TestPostgres.fresh()) {
      JournalFixture books = new JournalFixture(database);
      books.wallet("wallet:1");
      books.wallet("wallet:2");
      books.fund("wallet:1", RACES * 10L);
      HoldsFixture early = HoldsFixture.on(books, new TestClock(NOON));
      HoldsFixture late = HoldsFixture.on(books, new TestClock(NOON.plus(HoldsFixture.AN_HOUR)));
      Set<HoldState> winners = EnumSet.noneOf(HoldState.class);
      long posted = RACES * 10L;
      for (int race = 0; race < RACES; race++) {
        HoldId id = early.open("wallet:1", "wallet:2", 10).id();
        Set<Stand> seen = race(books, early, late, id);

        Hold ended = early.get(id);
        assertThat(ended.state()).isNotEqualTo(HoldState.OPEN);
        assertThat(ended.transactions()).hasSize(2);
        long moved = ended.capturedAmount().minorUnits();
        assertThat(moved).isEqualTo(ended.state() == HoldState.CAPTURED ? 7 : 0);
        assertThat(seen).isSubsetOf(new Stand(posted, 10), new Stand(posted - moved, 0));
        posted -= moved;
        assertThat(stand(books)).isEqualTo(new Stand(posted, 0));
        assertThat(books.posted("wallet:2")).isEqualTo(RACES * 10L - posted);
        assertThat(books.count("journal.transaction")).isEqualTo(1 + 2 * (race + 1L));
        winners.add(ended.state());
        late.expire(1);
      }
      assertThat(winners).as("not always the same end wins").hasSizeGreaterThan(1);
      assertThat(books.count("journal.hold_end")).isEqualTo(RACES);
      assertThat(books.count("journal.hold_due")).isZero();
    }
  }

  // Returns every stand of the account that somebody saw while they raced.
  private static Set<Stand> race(
      JournalFixture books, HoldsFixture early, HoldsFixture late, HoldId id) throws Exception {
    List<Callable<Boolean>> callers = new ArrayList<>();
    for (int i = 0; i < CAPTURES; i++) {
      callers.add(() -> wins(() -> early.capture(id, 7L)));
    }
    for (int i = 0; i < RELEASES; i++) {
      callers.add(() -> wins(() -> early.release(id)));
    }
    for (int i = 0; i < EXPIRIES; i++) {
      callers.add(
          () -> {
            late.expire(1);
            return false;
          });
    }
    Collections.shuffle(callers);
    AtomicBoolean stop = new AtomicBoolean();
    try (ExecutorService watcher = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Set<Stand>> watched =
          watcher.submit(
              () -> {
                Set<Stand> seen = new HashSet<>();
                while (!stop.get()) {
                  seen.add(stand(books));
                }
                return seen;
              });
      long won = JournalRaceTest.atOnce(callers).stream().filter(it -> it).count();
      stop.set(true);
      boolean expired = early.get(id).state() == HoldState.EXPIRED;
      assertThat(won).isEqualTo(expired ? 0 : 1);
      return watched.get(30, TimeUnit.SECONDS);
    }
  }

  private static Stand stand(JournalFixture books) {
    Balance balance = books.balances.balance(MAIN, "wallet:1", null);
    assertThat(balance.available()).isEqualTo(balance.posted().subtract(balance.pending()));
    return new Stand(balance.posted().longValueExact(), balance.pending().longValueExact());
  }

  private static boolean wins(Supplier<Hold> ending) {
    try {
      assertThat(ending.get().state()).isNotEqualTo(HoldState.OPEN);
      return true;
    } catch (ProblemException refused) {
      Problem problem = refused.problem();
      assertThat(problem.slug()).isEqualTo("wrong-state");
      assertThat(problem.members().get("state")).isIn("captured", "released", "expired");
      return false;
    }
  }
}
