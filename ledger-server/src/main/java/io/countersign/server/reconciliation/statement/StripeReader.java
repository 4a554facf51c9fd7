package io.countersign.server.reconciliation.statement;

import io.countersign.model.reconciliation.SettlementType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads what Stripe exports: itemised reports, balance transactions, payouts. A statement for each
/// currency, without balances.
///
/// A balance transaction's id is the same in every export, so the line is known by it though its
/// state, or the payout it belongs to, changes.
final class StripeReader {

  private static final Set<String> CHARGES = Set.of("charge", "payment");
  private static final Set<String> REFUNDS =
      Set.of(
          "refund",
          "payment_refund",
          "refund_failure",
          "payment_failure_refund",
          "charge_failure",
          "partial_capture_reversal");
  private static final Set<String> CHARGEBACKS = Set.of("dispute", "dispute_reversal");
  private static final Set<String> FEES =
      Set.of("fee", "stripe_fee", "stripe_fx_fee", "tax_fee", "network_cost");
  private static final Set<String> RETURNED = Set.of("failed", "canceled");
  private static final Pattern OUR_KEY =
      Pattern.compile("\"countersign_key\"\\s*:\\s*\"([^\"\\\\]{1,255})\"");

  private final StripeTable table;
  private final boolean majorUnits;
  private final StatementsByAccount statements;

  private StripeReader(StripeTable table, boolean majorUnits, StatementSink sink) {
    this.table = table;
    this.majorUnits = majorUnits;
    this.statements = new StatementsByAccount(StatementFormat.STRIPE, sink);
  }

  /// @param pointed whether the beginning of the table has an amount with decimals
  static void read(
      TableRows rows, TableHeader header, StripeTable table, boolean pointed, StatementSink sink)
      throws IOException {
    if (table == StripeTable.SUMMARY) {
      throw Place.START.unreadable(
          "This is a summary of Stripe's, which names no transaction. Export the itemised report"
              + " instead.");
    }
    boolean major = table == StripeTable.REPORT || pointed || isDashboard(header);
    new StripeReader(table, major, sink).read(rows, header);
  }

  // The Dashboard writes "Amount" and major units, the API and what copies it "amount" and minor
  // ones.
  private static boolean isDashboard(TableHeader header) {
    int amount = header.find("amount");
    return amount >= 0 && header.written(amount).strip().startsWith("A");
  }

  private void read(TableRows rows, TableHeader header) throws IOException {
    Place last = Place.START;
    for (TableRows.Row row = rows.next(); row != null; row = rows.next()) {
      last = row.place();
      TableRow fields = new TableRow(header, row);
      if (table == StripeTable.PAYOUTS) {
        payout(fields);
      } else {
        transaction(fields);
      }
    }
    statements.end(last);
  }

  private void transaction(TableRow row) {
    String currency = StripeUnits.currency(row);
    boolean report = table == StripeTable.REPORT;
    String category = category(row);
    SettlementType type = type(category);
    References references = new References();
    for (String column :
        List.of(
            "source_id", "source", "charge_id", "payment_intent_id", "refund_id", "dispute_id")) {
      references.add(row.text(column));
    }
    ourKeys(row, references);
    String id = row.text("balance_transaction_id", report ? "balance_transaction_id" : "id");
    references.add(id);
    add(
        row,
        new SettlementRow(
            type,
            amount(row, currency, report ? "gross" : "amount"),
            row.text("fee").isEmpty() ? BigDecimal.ZERO : amount(row, currency, "fee"),
            amount(row, currency, "net"),
            currency,
            day(row, "available_on_utc", "available_on"),
            dayText(row, "available_on_utc", "available_on"),
            day(row, "created_utc", "created"),
            references.all(),
            text(category, row.text("description")),
            id.isEmpty() ? null : id,
            payout(row, type),
            row.place()));
  }

  // type tells kinds of adjustments apart only where there is a reporting category, too.
  private static String category(TableRow row) {
    String type = row.text("type");
    String category = row.text("reporting_category");
    boolean byCategory = type.isEmpty() || (type.equals("adjustment") && !category.isEmpty());
    return (byCategory ? category : type).toLowerCase(Locale.ROOT).replace(' ', '_');
  }

  private static SettlementType type(String category) {
    if (CHARGES.contains(category)) {
      return SettlementType.CHARGE;
    } else if (REFUNDS.contains(category)) {
      return SettlementType.REFUND;
    } else if (CHARGEBACKS.contains(category)) {
      return SettlementType.CHARGEBACK;
    } else if (FEES.contains(category)) {
      return SettlementType.FEE;
    }
    // What a payout that failed gives back (payout_failure, payout_cancel) is no payout.
    return category.equals("payout") ? SettlementType.PAYOUT : SettlementType.ADJUSTMENT;
  }

  private static @Nullable String payout(TableRow row, SettlementType type) {
    String named =
        row.text("automatic_payout_id", "payout_id", "automatic_transfer_id", "transfer");
    if (!named.isEmpty()) {
      return named;
    }
    String source = row.text("source_id", "source");
    return type == SettlementType.PAYOUT && !source.isEmpty() ? source : null;
  }

  /// A payout leaves the balance, and one that failed comes back to it.
  private void payout(TableRow row) {
    String currency = StripeUnits.currency(row);
    String id = row.text("id");
    BigDecimal paid = amount(row, currency, "amount");
    String status = row.text("status").toLowerCase(Locale.ROOT);
    String transaction = row.text("balance_transaction_id", "balance_transaction");
    String back = row.text("failure_balance_transaction_id", "failure_balance_transaction");
    References references = new References();
    references.add(id);
    references.add(transaction);
    ourKeys(row, references);
    add(
        row,
        moved(
            row,
            SettlementType.PAYOUT,
            paid.negate(),
            currency,
            references,
            transaction.isEmpty() ? id : transaction));
    if (RETURNED.contains(status) || !back.isEmpty()) {
      String key = back.isEmpty() ? id + "/" + status : back;
      add(row, moved(row, SettlementType.ADJUSTMENT, paid, currency, references, key));
    }
  }

  private SettlementRow moved(
      TableRow row,
      SettlementType type,
      BigDecimal amount,
      String currency,
      References references,
      String key) {
    boolean payout = type == SettlementType.PAYOUT;
    return new SettlementRow(
        type,
        amount,
        BigDecimal.ZERO,
        amount,
        currency,
        day(row, "arrival_date_utc", "arrival_date"),
        dayText(row, "arrival_date_utc", "arrival_date"),
        day(row, "created_utc", "created"),
        references.all(),
        text(payout ? "payout" : "payout returned", row.text("description")),
        key,
        payout && !row.text("id").isEmpty() ? row.text("id") : null,
        row.place());
  }

  private void add(TableRow row, SettlementRow line) {
    String account = row.text("connected_account_id", "connected_account");
    statements.of(account, line.currency(), row.place()).settled(line);
  }

  private BigDecimal amount(TableRow row, String currency, String column) {
    return majorUnits ? row.amount(column) : StripeUnits.minor(row, currency, column);
  }

  // Our key travels in the metadata, which exports write as JSON or as a column for each name.
  private static void ourKeys(TableRow row, References references) {
    for (String column : row.header().endingIn("countersign_key")) {
      references.add(row.text(column));
    }
    Matcher key = OUR_KEY.matcher(row.text("metadata"));
    references.add(key.find() ? key.group(1) : null);
  }

  private static @Nullable LocalDate day(TableRow row, String... columns) {
    return FileDay.table(row.text(columns));
  }

  private static @Nullable String dayText(TableRow row, String... columns) {
    String text = FileDay.withoutTime(row.text(columns));
    return text.isEmpty() ? null : text;
  }

  private static String text(String category, String description) {
    return (category.replace('_', ' ') + " " + description).strip();
  }
}
