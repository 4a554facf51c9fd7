package io.countersign.server.reconciliation.statement;

import org.jspecify.annotations.Nullable;

/// Which of Stripe's tables a header belongs to.
enum StripeTable {
  /// Itemised reports: payout reconciliation, balance change from activity, ending balance. Amounts
  /// are in major units (docs.stripe.com/reports/report-types).
  REPORT,
  /// Balance transactions: of the API and its exports in minor units, of the Dashboard in major.
  BALANCE,
  /// Payouts, in either.
  PAYOUTS,
  /// A report that names no transaction.
  SUMMARY;

  static @Nullable StripeTable of(TableHeader header) {
    boolean identified =
        header.hasAny("balance_transaction_id", "automatic_payout_id", "payout_id");
    if (header.hasAll("currency", "gross", "fee", "net") && identified) {
      return REPORT;
    }
    if (header.hasAll("currency", "amount", "fee", "net")
        && header.hasAny("id", "balance_transaction_id")
        && header.hasAny("type", "reporting_category")) {
      return BALANCE;
    }
    if (header.hasAll("id", "currency", "amount")
        && header.hasAny("arrival_date", "arrival_date_utc")) {
      return PAYOUTS;
    }
    if (header.hasAll("currency", "reporting_category") && header.hasAny("net", "gross")) {
      return SUMMARY;
    }
    return header.hasAll("category", "description", "net_amount", "currency") ? SUMMARY : null;
  }
}
