package io.countersign.server.journal;

import static io.countersign.server.journal.JournalFixture.MAIN;
import static io.countersign.server.journal.JournalFixture.transfer;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.accounts.Balance;
import io.countersign.model.id.HoldId;
import io.countersign.model.journal.Hold;
import io.countersign.model.journal.HoldState;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestPostgres;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldsTest {

  private static final Relation REFUND = new Relation("refund", "ref_1");

  private final TestClock clock = new TestClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final JournalFixture books = new JournalFixture(TestPostgres.fresh());
  private final HoldsFixture holds = HoldsFixture.on(books, clock);

  @BeforeEach
  void open_wallets() {
    books.wallet("wallet:1");
    books.wallet("wallet:2");
    books.fund("wallet:1", 100);
  }

  @AfterEach
  void close() {
    books.database.close();
  }

  @Test
  void a_hold_counts_against_available_at_once_and_posts_nothing() {
    Hold hold = holds.open("wallet:1", "wallet:2", 70);
    assertStands("wallet:1", 100, 70);
    assertStands("wallet:2", 0, 0);
    assertThat(hold.state()).isEqualTo(HoldState.OPEN);
    assertThat(hold.capturedAmount()).isEqualTo(Money.of(0, "EUR"));
    assertThat(holds.get(hold.id())).isEqualTo(hold);
    Transaction opening = books.reader.get(1, hold.transactions().getFirst());
    assertThat(opening.kind()).isEqualTo(TransactionKind.HOLD);
    assertThat(opening.reference()).isEqualTo("booking-12");
    assertThat(opening.relatesTo()).isEqualTo(new Relation("hold", hold.id().toString()));
    assertThat(opening.entries()).allMatch(entry -> entry.layer() == Layer.PENDING);
    assertThat(refusal(() -> holds.open("wallet:1", "wallet:2", 31)).slug())
        .isEqualTo("insufficient-funds");
    assertStands("wallet:1", 100, 70);
  }

  @Test
  void a_part_is_captured_and_the_rest_released_by_the_same_transaction_once() {
    HoldId id = holds.open("wallet:1", "wallet:2", 70).id();
    Hold captured = holds.capture(id, 50L);
    assertThat(captured.state()).isEqualTo(HoldState.CAPTURED);
    assertThat(captured.amount()).isEqualTo(Money.of(70, "EUR"));
    assertThat(captured.capturedAmount()).isEqualTo(Money.of(50, "EUR"));
    assertThat(captured.transactions()).hasSize(2);
    assertThat(holds.get(id)).isEqualTo(captured);
    assertThat(books.reader.get(1, captured.transactions().getLast()).kind())
        .isEqualTo(TransactionKind.CAPTURE);
    assertStands("wallet:1", 50, 0);
    assertStands("wallet:2", 50, 0);
    assertEnded(id, "captured");
    assertThat(holds.get(id)).isEqualTo(captured);
    assertStands("wallet:1", 50, 0);
  }

  @Test
  void without_an_amount_the_whole_is_captured() {
    HoldId id = holds.open("wallet:1", "wallet:2", 70).id();
    assertThat(holds.capture(id, null).capturedAmount()).isEqualTo(Money.of(70, "EUR"));
    assertStands("wallet:1", 30, 0);
    assertStands("wallet:2", 70, 0);
  }

  @Test
  void what_is_released_is_available_again() {
    HoldId id = holds.open("wallet:1", "wallet:2", 70).id();
    Hold released = holds.release(id);
    assertThat(released.state()).isEqualTo(HoldState.RELEASED);
    assertThat(books.reader.get(1, released.transactions().getLast()).kind())
        .isEqualTo(TransactionKind.RELEASE);
    assertStands("wallet:1", 100, 0);
    assertEnded(id, "released");
  }

  @Test
  void a_bad_capture_is_refused_and_leaves_the_hold_as_it_was() {
    Hold hold = holds.open("wallet:1", "wallet:2", 70);
    assertThat(refusal(() -> holds.capture(hold.id(), 71L)).slug()).isEqualTo("invalid-money");
    assertThat(refusal(() -> holds.capture(hold.id(), 0L)).slug()).isEqualTo("invalid-money");
    assertThat(refusal(() -> holds.capture(hold.id(), -1L)).slug()).isEqualTo("invalid-money");
    Money dollars = Money.of(10, "USD");
    assertThat(
            refusal(
                    () ->
                        holds.write(() -> holds.holds().capture(MAIN, hold.id(), dollars, "tests")))
                .slug())
        .isEqualTo("currency-mismatch");
    assertThat(holds.get(hold.id())).isEqualTo(hold);
    assertStands("wallet:1", 100, 70);
  }

  @Test
  void from_its_expiry_a_hold_binds_nobody_but_counts_until_the_expiry_is_appended() {
    HoldId id = holds.open("wallet:1", "wallet:2", 70).id();
    assertThat(holds.expire(10)).isZero();
    clock.advance(HoldsFixture.AN_HOUR);
    long before = books.count("journal.transaction");
    assertEnded(id, "expired");
    assertThat(books.count("journal.transaction")).isEqualTo(before);
    assertThat(holds.get(id).state()).isEqualTo(HoldState.OPEN);
    assertStands("wallet:1", 100, 70);

    assertThat(holds.expire(10)).isEqualTo(1);

    Hold expired = holds.get(id);
    assertThat(expired.state()).isEqualTo(HoldState.EXPIRED);
    Transaction expiry = books.reader.get(1, expired.transactions().getLast());
    assertThat(expiry.kind()).isEqualTo(TransactionKind.EXPIRY);
    assertThat(expiry.recordedBy()).isEqualTo("system");
    assertStands("wallet:1", 100, 0);
    assertEnded(id, "expired");
    assertThat(holds.expire(10)).isZero();
  }

  @Test
  void a_hold_that_ended_before_its_time_is_left_alone_when_it_comes() {
    HoldId captured = holds.open("wallet:1", "wallet:2", 10).id();
    HoldId released = holds.open("wallet:1", "wallet:2", 10).id();
    holds.capture(captured, null);
    holds.release(released);
    clock.advance(HoldsFixture.AN_HOUR);
    long before = books.count("journal.transaction");
    assertThat(holds.expire(10)).isEqualTo(2);
    assertThat(holds.expire(10)).isZero();
    assertThat(books.count("journal.transaction")).isEqualTo(before);
    assertThat(books.count("journal.hold_due")).isZero();
    assertThat(holds.get(captured).state()).isEqualTo(HoldState.CAPTURED);
  }

  @Test
  void servers_expire_side_by_side_in_bites_and_each_hold_once() throws Exception {
    for (int i = 0; i < 100; i++) {
      holds.open("wallet:1", "wallet:2", 1);
    }
    assertStands("wallet:1", 100, 100);
    clock.advance(HoldsFixture.AN_HOUR);
    AtomicInteger taken = new AtomicInteger();
    List<Callable<Boolean>> servers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      servers.add(
          () -> {
            int bite;
            do {
              bite = holds.expire(7);
              taken.addAndGet(bite);
            } while (bite > 0);
            return true;
          });
    }
    JournalRaceTest.atOnce(servers);
    assertThat(taken).hasValue(100);
    assertThat(kinds("expiry")).isEqualTo(100);
    assertStands("wallet:1", 100, 0);
  }

  @Test
  void what_a_hold_reserved_ends_on_frozen_accounts_too() {
    HoldId first = holds.open("wallet:1", "wallet:2", 10).id();
    HoldId second = holds.open("wallet:1", "wallet:2", 20).id();
    HoldId third = holds.open("wallet:1", "wallet:2", 40).id();
    books.changeStatus("wallet:1", AccountStatus.OPEN, AccountStatus.FROZEN);
    books.changeStatus("wallet:2", AccountStatus.OPEN, AccountStatus.FROZEN);
    assertThat(refusal(() -> holds.open("wallet:1", "wallet:2", 1)).slug())
        .isEqualTo("account-frozen");
    holds.capture(first, null);
    holds.release(second);
    clock.advance(HoldsFixture.AN_HOUR);
    holds.expire(10);
    assertThat(holds.get(third).state()).isEqualTo(HoldState.EXPIRED);
    assertStands("wallet:1", 90, 0);
    assertStands("wallet:2", 10, 0);
  }

  @Test
  void a_withdrawal_takes_from_both_sides_so_that_no_floor_stops_its_capture() {
    books.open("till", AccountType.ASSET, 0L);
    books.append(transfer("till", "wallet:2", 30)).orThrow();
    HoldId id = holds.open("wallet:1", "till", 30).id();
    assertStands("wallet:1", 100, 30);
    assertStands("till", 30, 30);
    assertThat(((Appended.Refused) books.append(transfer("wallet:2", "till", 1))).problem().slug())
        .isEqualTo("insufficient-funds");
    holds.capture(id, null);
    assertStands("wallet:1", 70, 0);
    assertStands("till", 0, 0);
  }

  @Test
  void a_deposit_takes_from_nobody_and_brings_nothing_before_its_capture() {
    HoldId id = holds.open("bank", "wallet:2", 30).id();
    assertStands("bank", 100, 0);
    assertStands("wallet:2", 0, 0);
    holds.capture(id, 20L);
    assertStands("bank", 120, 0);
    assertStands("wallet:2", 20, 0);
  }

  @Test
  void between_two_debit_normal_accounts_a_hold_reads_backwards_and_is_refused() {
    books.open("till", AccountType.ASSET, null);
    assertThat(refusal(() -> holds.open("bank", "till", 1)).slug()).isEqualTo("ambiguous-transfer");
    assertThat(books.count("journal.hold")).isZero();
  }

  @Test
  void a_hold_must_expire_in_the_future() {
    var request = holds.request("wallet:1", "wallet:2", 1);
    clock.advance(HoldsFixture.AN_HOUR);
    Problem problem = refusal(() -> holds.write(() -> holds.holds().open(MAIN, request, "tests")));
    assertThat(problem.slug()).isEqualTo("invalid-time");
    assertThat(books.count("journal.hold")).isZero();
  }

  @Test
  void what_a_refund_holds_is_its_own_and_never_expires() {
    HoldId id =
        holds.write(
            () ->
                books.holds.open(
                    MAIN, "wallet:1", "bank", Money.of(60, "EUR"), "Refund", "tests", REFUND));
    clock.advance(HoldsFixture.AN_HOUR.multipliedBy(24 * 365));
    assertThat(holds.expire(10)).isZero();
    assertThat(refusal(() -> holds.get(id)).slug()).isEqualTo("not-found");
    assertThat(refusal(() -> holds.capture(id, null)).slug()).isEqualTo("not-found");
    assertThat(refusal(() -> holds.release(id)).slug()).isEqualTo("not-found");
    assertStands("wallet:1", 100, 60);
    holds.write(() -> books.holds.capture(MAIN, id, TransactionKind.REFUND, "tests", REFUND));
    assertStands("wallet:1", 40, 0);
    assertThat(books.count("outbox.event")).isZero();
  }

  @Test
  void a_hold_opened_before_there_were_layers_ends_with_nothing_left_over() {
    HoldId id = new HoldId(new UuidV7(clock).next());
    Money amount = Money.of(60, "EUR");
    Transaction opening =
        books.recorded(
            TransactionDraft.of(TransactionKind.HOLD, "Refund", "tests")
                .entries(
                    HoldRow.pending(
                        new HoldTerms("wallet:1", "bank", amount, "Refund", null, null),
                        EntryLayer.TAKEN,
                        EntryLayer.COMING))
                .build());
    books
        .database
        .jdbc()
        .sql(
            """
            INSERT INTO journal.hold
              (ledger_id, id, from_account, to_account, amount, currency, description, opened_by)
            VALUES (1, ?, 'wallet:1', 'bank', 60, 'EUR', 'Refund', ?)
            """)
        .params(id.uuid(), opening.id().uuid())
        .update();
    holds.write(() -> books.holds.capture(MAIN, id, TransactionKind.REFUND, "tests", REFUND));
    assertStands("wallet:1", 40, 0);
    assertStands("bank", 40, 0);
    assertThat(
            books
                .database
                .jdbc()
                .sql(
                    "SELECT coalesce(sum(abs(s)), 0) FROM (SELECT sum(amount) AS s"
                        + " FROM journal.entry WHERE layer > 0 GROUP BY account_id, layer) sums")
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void each_state_is_told_outside_with_the_hold_as_it_is_then() {
    HoldId captured = holds.open("wallet:1", "wallet:2", 10).id();
    HoldId expired = holds.open("wallet:1", "wallet:2", 10).id();
    holds.capture(captured, 4L);
    clock.advance(HoldsFixture.AN_HOUR);
    holds.expire(10);
    assertThat(events(captured)).containsExactly("hold.open open 0", "hold.captured captured 4");
    assertThat(events(expired)).containsExactly("hold.open open 0", "hold.expired expired 0");
  }

  private List<String> events(HoldId id) {
    return books
        .database
        .jdbc()
        .sql(
            """
            SELECT type || ' ' || (data->>'state') || ' ' || (data->'capturedAmount'->>'minorUnits')
            FROM outbox.event WHERE subject = ? ORDER BY number
            """)
        .param(id.toString())
        .query(String.class)
        .list();
  }

  private void assertEnded(HoldId id, String state) {
    for (Supplier<Hold> ending :
        List.<Supplier<Hold>>of(() -> holds.capture(id, null), () -> holds.release(id))) {
      Problem problem = refusal(ending);
      assertThat(problem.slug()).isEqualTo("wrong-state");
      assertThat(problem.members()).containsEntry("state", state);
    }
  }

  private void assertStands(String account, long posted, long pending) {
    Balance balance = books.balances.balance(MAIN, account, null);
    assertThat(balance.posted()).as(account).isEqualTo(posted);
    assertThat(balance.pending()).as(account).isEqualTo(pending);
    assertThat(balance.available()).as(account).isEqualTo(posted - pending);
  }

  private long kinds(String kind) {
    return books
        .database
        .jdbc()
        .sql("SELECT count(*) FROM journal.transaction WHERE kind = ?")
        .param(kind)
        .query(Long.class)
        .single();
  }

  private static Problem refusal(Supplier<?> call) {
    try {
      throw new AssertionError("not refused: " + call.get());
    } catch (ProblemException refused) {
      return refused.problem();
    }
  }
}
