package io.countersign.server.sandbox;

import io.countersign.server.sandbox.Operation.Kind;
import io.countersign.server.sandbox.Operation.State;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;

/// What the acquirer settles for one day (UTC): a row per charge and per refund.
final class Settlement {

  private static final long FEE_PER_THOUSAND = 14;
  private static final long FEE_FIXED_MINOR_UNITS = 25;

  /// @param key ours, under which the client asked for it
  /// @param gross signed: a refund is negative
  /// @param fee what the acquirer keeps
  record Row(
      Instant at,
      Kind kind,
      String reference,
      String key,
      String merchantReference,
      long gross,
      long fee,
      String currency,
      String payout) {

    Amount grossAmount() {
      return new Amount(gross, currency);
    }

    Amount feeAmount() {
      return new Amount(fee, currency);
    }

    Amount netAmount() {
      return new Amount(gross - fee, currency);
    }

    Row withGross(long otherGross) {
      return new Row(
          at, kind, reference, key, merchantReference, otherGross, fee, currency, payout);
    }

    Row withFee(long otherFee) {
      return new Row(
          at, kind, reference, key, merchantReference, gross, otherFee, currency, payout);
    }

    Row withReferences(String otherReference, String otherKey) {
      return new Row(at, kind, otherReference, otherKey, "", gross, fee, currency, payout);
    }
  }

  private Settlement() {}

  /// Always in the same order: by currency, time and reference.
  static List<Row> rows(List<Operation> decided, LocalDate day) {
    return decided.stream()
        .filter(operation -> operation.state() == State.DONE)
        .filter(operation -> dayOf(operation).equals(day))
        .map(operation -> row(operation, day))
        .sorted(
            Comparator.comparing(Row::currency)
                .thenComparing(Row::at)
                .thenComparing(Row::reference))
        .toList();
  }

  static LocalDate dayOf(Operation operation) {
    return operation.at().atZone(ZoneOffset.UTC).toLocalDate();
  }

  static long signed(Operation operation) {
    long minorUnits = operation.amount().minorUnits();
    return operation.kind() == Kind.CHARGE ? minorUnits : -minorUnits;
  }

  private static Row row(Operation operation, LocalDate day) {
    String currency = operation.amount().currency();
    return new Row(
        operation.at(),
        operation.kind(),
        operation.reference(),
        operation.key(),
        operation.merchantReference() == null ? "" : operation.merchantReference(),
        signed(operation),
        operation.kind() == Kind.CHARGE ? fee(operation.amount().minorUnits()) : 0,
        currency,
        "sbx_po_" + day.toString().replace("-", "") + "_" + currency);
  }

  /// 1.4 %, rounded half up, and 25 minor units; never more than was charged.
  private static long fee(long gross) {
    long whole = gross / 1000 * FEE_PER_THOUSAND;
    long rest = (gross % 1000 * FEE_PER_THOUSAND + 500) / 1000;
    return Math.min(gross, whole + rest + FEE_FIXED_MINOR_UNITS);
  }
}
