package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Operation.Kind;
import io.countersign.server.sandbox.Operation.State;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the acquirer really did, for people and tests: never slow, never silent.
final class Inspection {

  record Charge(
      String reference,
      String key,
      Amount amount,
      String state,
      long refundedMinorUnits,
      Instant at) {}

  record Charges(List<Charge> charges) {}

  record Health(String status, String name, long pid) {}

  private final AcquirerBooks books;

  Inspection(AcquirerBooks books) {
    this.books = books;
  }

  Reaction health() {
    return Reaction.json(
        200, new Health("UP", "countersign-sandbox-acquirer", ProcessHandle.current().pid()));
  }

  /// @param key the only key of interest; null for all
  Reaction charges(@Nullable String key) {
    return Reaction.json(
        200,
        new Charges(
            books.decided().stream()
                .filter(operation -> operation.kind() == Kind.CHARGE)
                .filter(operation -> operation.state() != State.DECLINED)
                .filter(operation -> key == null || operation.key().equals(key))
                .map(this::charge)
                .toList()));
  }

  private Charge charge(Operation operation) {
    long refunded = books.refunded(operation.key());
    return new Charge(
        operation.reference(),
        operation.key(),
        operation.amount(),
        state(operation, refunded),
        refunded,
        operation.at());
  }

  private static String state(Operation charge, long refunded) {
    if (charge.state() == State.CANCELLED) {
      return "cancelled";
    }
    return refunded == charge.amount().minorUnits() ? "refunded" : "charged";
  }

  /// @param query `format` is `csv` (default) or `camt053`; `drift` names deviations to plant
  Reaction settlement(String date, Map<String, String> query) {
    LocalDate day = day(date);
    Set<Drift> drifts = Drift.parse(query.getOrDefault("drift", ""));
    List<Settlement.Row> honest = Settlement.rows(books.decided(), day);
    List<Settlement.Row> rows = Drift.plant(drifts, honest);
    Map<String, String> planted = Map.of("Sandbox-Drift", Drift.describe(drifts, honest));
    return switch (query.getOrDefault("format", "csv")) {
      case "csv" -> file("text/csv; charset=utf-8", SettlementCsv.write(rows), planted);
      case "camt053" ->
          file(
              "application/xml",
              new SettlementStatement(day, drifts).write(rows, books.decided()),
              planted);
      default -> throw Refusal.invalid("format is csv or camt053");
    };
  }

  private static Reaction file(String contentType, String text, Map<String, String> headers) {
    return new Reaction.Answer(200, contentType, text, headers);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Refusal.invalid("'" + text + "' is not a day like 2026-11-23");
    }
  }
}
