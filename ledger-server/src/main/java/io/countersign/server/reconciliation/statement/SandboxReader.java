package io.countersign.server.reconciliation.statement;

import io.countersign.model.reconciliation.SettlementType;
import java.io.IOException;
import java.util.Locale;

/// Reads the settlement table of the sandbox acquirer: a statement for each currency.
final class SandboxReader {

  private SandboxReader() {}

  static boolean recognises(TableHeader header) {
    return header.hasAll("provider_reference", "merchant_key", "gross", "fee", "net", "currency");
  }

  static void read(TableRows rows, TableHeader header, StatementSink sink) throws IOException {
    StatementsByAccount statements = new StatementsByAccount(StatementFormat.CSV, sink);
    Place last = Place.START;
    for (TableRows.Row row = rows.next(); row != null; row = rows.next()) {
      last = row.place();
      TableRow fields = new TableRow(header, row);
      String currency = fields.text("currency").toUpperCase(Locale.ROOT);
      // As its camt.053 names the account.
      statements.of("SANDBOX-" + currency, currency, last).settled(line(fields, currency));
    }
    statements.end(last);
  }

  private static SettlementRow line(TableRow row, String currency) {
    String kind = row.text("type");
    References references = new References();
    references.add(row.text("provider_reference"));
    references.add(row.text("merchant_key"));
    references.add(row.text("merchant_reference"));
    String payout = row.text("payout_id");
    return new SettlementRow(
        kind.equals("refund") ? SettlementType.REFUND : SettlementType.CHARGE,
        row.amount("gross"),
        row.amount("fee"),
        row.amount("net"),
        currency,
        null,
        null,
        FileDay.table(row.text("created_at")),
        references.all(),
        kind,
        null,
        payout.isEmpty() ? null : payout,
        row.place());
  }
}
