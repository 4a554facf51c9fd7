package io.countersign.server.reconciliation.statement;

import io.countersign.model.reconciliation.SettlementType;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads Adyen's settlement details report: a statement for each merchant account and currency that
/// is paid out, without balances. Amounts are in major units.
///
/// Net is in the currency of the payout, as are the fees; gross is in the shopper's. Where the two
/// differ, what the line is worth before fees is net plus fees: the exchange rate is rounded, and
/// nothing here multiplies by it.
final class AdyenReader {

  private static final String[] FEES = {
    "commission_nc",
    "bank_card_commission_nc",
    "markup_nc",
    "scheme_fees_nc",
    "interchange_nc",
    "dcc_markup_nc"
  };

  private final StatementsByAccount statements;

  private AdyenReader(StatementSink sink) {
    this.statements = new StatementsByAccount(StatementFormat.ADYEN, sink);
  }

  static boolean recognises(TableHeader header) {
    return header.hasAll("net_currency", "net_debit_nc", "net_credit_nc")
        && header.hasAny("type", "journal_type");
  }

  static void read(TableRows rows, TableHeader header, StatementSink sink) throws IOException {
    if (!header.has("psp_reference")) {
      throw Place.START.unreadable(
          "This is a report of Adyen's that names no payment (Psp Reference). Upload the settlement"
              + " details report instead.");
    }
    new AdyenReader(sink).read(rows, header);
  }

  private void read(TableRows rows, TableHeader header) throws IOException {
    Place last = Place.START;
    for (TableRows.Row row = rows.next(); row != null; row = rows.next()) {
      last = row.place();
      line(new TableRow(header, row));
    }
    statements.end(last);
  }

  private void line(TableRow row) {
    String currency = row.text("net_currency").toUpperCase(Locale.ROOT);
    String kind = row.text("type", "journal_type");
    SettlementType type = type(kind);
    BigDecimal net = row.amountOrZero("net_credit_nc").subtract(row.amountOrZero("net_debit_nc"));
    BigDecimal fees = BigDecimal.ZERO;
    for (String column : FEES) {
      fees = fees.add(row.amountOrZero(column));
    }
    References references = new References();
    for (String column :
        List.of(
            "psp_reference",
            "merchant_reference",
            "modification_reference",
            "modification_merchant_reference")) {
      references.add(row.text(column));
    }
    BigDecimal gross = gross(row, type, net, fees, currency);
    String batch = row.text("batch_number");
    statements
        .of(row.text("merchant_account"), currency, row.place())
        .settled(
            new SettlementRow(
                type,
                gross,
                isFee(row, type) ? gross.subtract(net) : fees,
                net,
                currency,
                null,
                null,
                booked(row),
                references.all(),
                (kind + " " + row.text("payment_method") + " " + row.text("modification_reference"))
                    .strip(),
                null,
                batch.isEmpty() ? null : batch,
                row.place()));
  }

  // A fee of its own has no gross: it is all fee.
  private static boolean isFee(TableRow row, SettlementType type) {
    return type == SettlementType.FEE && hasNoGross(row);
  }

  private static boolean hasNoGross(TableRow row) {
    return row.text("gross_credit_gc").isEmpty() && row.text("gross_debit_gc").isEmpty();
  }

  private static BigDecimal gross(
      TableRow row, SettlementType type, BigDecimal net, BigDecimal fees, String currency) {
    if (isFee(row, type)) {
      return BigDecimal.ZERO;
    }
    String shoppers = row.text("gross_currency").toUpperCase(Locale.ROOT);
    if (hasNoGross(row) || (!shoppers.isEmpty() && !shoppers.equals(currency))) {
      return net.add(fees);
    }
    return row.amountOrZero("gross_credit_gc").subtract(row.amountOrZero("gross_debit_gc"));
  }

  private static SettlementType type(String kind) {
    String bare = kind.toLowerCase(Locale.ROOT);
    if (bare.startsWith("settled")) {
      return SettlementType.CHARGE;
    } else if (bare.startsWith("refunded")) {
      return SettlementType.REFUND;
    } else if (bare.contains("chargeback")) {
      return SettlementType.CHARGEBACK;
    } else if (bare.equals("merchantpayout")) {
      return SettlementType.PAYOUT;
    } else if (bare.equals("fee")
        || bare.equals("invoicededuction")
        || bare.equals("paymentcost")) {
      return SettlementType.FEE;
    }
    return SettlementType.ADJUSTMENT;
  }

  private static @Nullable LocalDate booked(TableRow row) {
    String booked = row.text("booking_date");
    return FileDay.table(booked.isEmpty() ? row.text("creation_date") : booked);
  }
}
