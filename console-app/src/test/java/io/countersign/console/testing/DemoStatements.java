package io.countersign.console.testing;

import io.countersign.console.testing.StandInServer.Told;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.Page;
import io.countersign.model.id.LineId;
import io.countersign.model.id.MatchId;
import io.countersign.model.id.StatementId;
import io.countersign.model.reconciliation.BusinessCalendar;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.Match;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceAccount;
import io.countersign.model.reconciliation.SourceKind;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementLine;
import io.countersign.model.reconciliation.StatementState;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.stream.IntStream;

/// Two sources, a bank and an acquirer, and their statements of a month; the seventh does not add
/// up.
public final class DemoStatements {

  public static final int QUARANTINED = 7;
  private static final int LINES = 40;
  private static final CurrencyCode EUR = CurrencyCode.of("EUR");

  private final StandInServer server;

  DemoStatements(StandInServer server) {
    this.server = server;
  }

  public static StatementId id(int number) {
    return new StatementId(DemoBooks.uuid(10, number));
  }

  public static LineId lineId(int number) {
    return new LineId(DemoBooks.uuid(11, number));
  }

  void lay() {
    List<Statement> all = IntStream.rangeClosed(1, 12).mapToObj(DemoStatements::statement).toList();
    server.on(
        "GET",
        "/ledgers/main/sources",
        asked ->
            Told.ok(
                new Page<>(
                    List.of(
                        source("house-bank", "House bank", SourceKind.BANK, "bank:eur", 1),
                        source(
                            "acquirer",
                            "Sandbox acquirer",
                            SourceKind.ACQUIRER,
                            "providers:sandbox:eur",
                            2)),
                    null,
                    null)));
    server.on(
        "GET",
        "/ledgers/main/statements",
        asked ->
            Told.ok(
                DemoBooks.page(
                    all.stream()
                        .filter(
                            one ->
                                asked.filter("state").isEmpty()
                                    || asked.filter("state").equals(one.state().wire()))
                        .filter(
                            one ->
                                asked.filter("source").isEmpty()
                                    || asked.filter("source").equals(one.source()))
                        .toList(),
                    asked)));
    server.on(
        "GET",
        "/ledgers/main/statements/(stm_[^/]*)",
        asked ->
            all.stream()
                .filter(one -> one.id().toString().equals(asked.groups().getFirst()))
                .findFirst()
                .map(Told::ok)
                .orElseGet(() -> Told.problem(404, "not-found", "No such statement.")));
    server.on(
        "GET",
        "/ledgers/main/statements/(stm_[^/]*)/lines",
        asked -> {
          boolean bad = asked.groups().getFirst().equals(id(QUARANTINED).toString());
          return Told.ok(
              DemoBooks.page(
                  IntStream.rangeClosed(1, LINES)
                      .mapToObj(number -> line(number, bad ? LineState.UNMATCHED : state(number)))
                      .toList(),
                  asked));
        });
    server.on(
        "GET",
        "/ledgers/main/matches",
        asked ->
            Told.ok(
                new Page<>(
                    IntStream.rangeClosed(1, LINES)
                        .filter(number -> state(number) == LineState.MATCHED)
                        .mapToObj(DemoStatements::match)
                        .toList(),
                    null,
                    null)));
  }

  private static Source source(
      String code, String name, SourceKind kind, String account, int settlementDays) {
    return new Source(
        code,
        name,
        kind,
        List.of(new SourceAccount(EUR, account, "NL44RABO0123456789")),
        settlementDays,
        BusinessCalendar.TARGET,
        "Europe/Amsterdam",
        LocalTime.of(18, 0),
        null,
        null);
  }

  public static Statement statement(int number) {
    boolean bad = number == QUARANTINED;
    return new Statement(
        id(number),
        number % 4 == 0 ? "acquirer" : "house-bank",
        number % 4 == 0 ? "csv" : "camt.053",
        "NL44RABO0123456789",
        EUR,
        LINES,
        Money.of(1_250_000 + number * 10_000L, "EUR"),
        Money.of(1_260_000 + number * 10_000L, "EUR"),
        bad ? StatementState.QUARANTINED : StatementState.ACCEPTED,
        bad
            ? List.of(
                new Statement.Problem(
                    "does_not_add_up",
                    "opening 13,200.00 and lines 98.50 come to 13,298.50, not to the closing"
                        + " 13,300.00: 1.50 is missing"))
            : List.of());
  }

  private static LineState state(int number) {
    return switch (number % 7) {
      case 3 -> LineState.EXCEPTED;
      case 5 -> LineState.AWAITING;
      default -> LineState.MATCHED;
    };
  }

  private static StatementLine line(int number, LineState state) {
    return new StatementLine(
        lineId(number),
        LocalDate.of(2026, 11, 18),
        "261118",
        LocalDate.of(2026, 11, 18),
        (number % 3 == 0 ? -1L : 1L) * (1_200L + number * 731L),
        EUR,
        List.of("ORDER-" + (20_000 + number)),
        "SEPA credit, order " + (20_000 + number),
        state,
        null);
  }

  private static Match match(int number) {
    return new Match(
        new MatchId(DemoBooks.uuid(12, number)),
        List.of(lineId(number)),
        List.of(DemoBooks.transactionId(number)),
        "reference",
        "ORDER-" + (20_000 + number) + " is named by both, and the amounts are equal.",
        "system",
        DemoBooks.NOW,
        null);
  }
}
