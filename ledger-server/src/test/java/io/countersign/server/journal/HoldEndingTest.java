package io.countersign.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.id.HoldId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.HoldState;
import io.countersign.model.journal.TransactionKind;
import io.countersign.server.accounts.AccountRow;
import java.math.BigInteger;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HoldEndingTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);
  private static final UuidV7 IDS = new UuidV7(Clock.systemUTC());
  private static final long HELD = 10;

  private final Map<String, AccountRow> chart =
      Map.of(
          "bank", account("bank", AccountType.ASSET, AccountStatus.FROZEN),
          "wallet:1", account("wallet:1", AccountType.LIABILITY, AccountStatus.CLOSED),
          "wallet:2", account("wallet:2", AccountType.LIABILITY, AccountStatus.OPEN));

  static Stream<HoldRow> holds() {
    return Stream.of(
        hold("wallet:1", "wallet:2", EntryLayer.TAKEN, EntryLayer.COMING),
        hold("wallet:1", "bank", EntryLayer.TAKEN, EntryLayer.TAKEN),
        hold("bank", "wallet:1", EntryLayer.COMING, EntryLayer.COMING));
  }

  @ParameterizedTest
  @MethodSource("holds")
  void no_end_lacks_funds_or_is_stopped_by_a_status(HoldRow hold) {
    endings(hold)
        .forEach(
            ending -> {
              assertThat(DraftRules.broken(ending.draft(), chart, TODAY)).isNull();
              for (AccountRow account : chart.values()) {
                Funds nothingLeft = new Funds(Map.of(account.id(), BigInteger.ZERO));
                assertThat(nothingLeft.decide(ending.draft(), chart)).as(account.code()).isNull();
              }
            });
  }

  @ParameterizedTest
  @MethodSource("holds")
  void what_was_pending_is_undone_and_only_what_is_captured_is_posted(HoldRow hold) {
    endings(hold)
        .forEach(
            ending -> {
              List<EntryDraft> entries = ending.draft().entries();
              assertThat(entries).containsAll(opposites(hold));
              long posted =
                  entries.stream()
                      .filter(entry -> entry.layer() == EntryLayer.POSTED)
                      .filter(entry -> entry.account().equals(hold.terms().to()))
                      .mapToLong(entry -> -entry.signed())
                      .sum();
              assertThat(posted).isEqualTo(ending.captured());
            });
  }

  @Test
  void a_hold_ends_once_and_in_one_way() {
    assertThat(HoldState.OPEN.next())
        .containsExactlyInAnyOrder(HoldState.CAPTURED, HoldState.RELEASED, HoldState.EXPIRED);
    for (HoldState state : HoldState.OPEN.next()) {
      assertThat(state.next()).isEmpty();
    }
  }

  private static Stream<HoldEnding> endings(HoldRow hold) {
    return Stream.concat(
        LongStream.rangeClosed(1, HELD)
            .mapToObj(
                amount -> HoldEnding.capture(hold, amount, TransactionKind.CAPTURE, "tests", null)),
        Stream.of(HoldEnding.release(hold, "tests", null), HoldEnding.expiry(hold, "tests", null)));
  }

  private static List<EntryDraft> opposites(HoldRow hold) {
    return hold.pending().stream().map(EntryDraft::opposite).toList();
  }

  private static HoldRow hold(String from, String to, EntryLayer fromLayer, EntryLayer toLayer) {
    HoldTerms terms = new HoldTerms(from, to, Money.of(HELD, "EUR"), "Room 12", null, null);
    return new HoldRow(
        new HoldId(IDS.next()), terms, fromLayer, toLayer, new TransactionId(IDS.next()), null);
  }

  private static AccountRow account(String code, AccountType type, AccountStatus status) {
    return new AccountRow(
        IDS.next(), code, code, type, CurrencyCode.of("EUR"), 0L, status, Map.of());
  }
}
