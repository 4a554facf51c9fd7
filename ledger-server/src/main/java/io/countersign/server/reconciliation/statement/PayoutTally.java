package io.countersign.server.reconciliation.statement;

import io.countersign.model.reconciliation.SettlementType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what belongs to each payout of one currency, to be compared with what was paid out.
final class PayoutTally {

  // A file of one payout for every minute of a month has fewer.
  private static final int PAYOUTS_MAX = 50_000;

  /// A payout whose rows make another sum than was paid.
  record Difference(String payout, BigDecimal sum, BigDecimal paid) {}

  private static final class Payout {
    private @Nullable BigDecimal paid;
    private @Nullable BigDecimal sum;
  }

  private final Map<String, Payout> payouts = new LinkedHashMap<>();

  void add(SettlementRow row) {
    String name = row.payout();
    if (name == null) {
      return;
    }
    if (payouts.size() == PAYOUTS_MAX && !payouts.containsKey(name)) {
      throw row.place()
          .unreadable(
              "The file has more than "
                  + PAYOUTS_MAX
                  + " payouts. Export a shorter time, and upload the parts.");
    }
    Payout payout = payouts.computeIfAbsent(name, n -> new Payout());
    if (row.type() == SettlementType.PAYOUT) {
      payout.paid = plus(payout.paid, row.net().negate());
    } else {
      payout.sum = plus(payout.sum, row.net());
    }
  }

  private static BigDecimal plus(@Nullable BigDecimal sum, BigDecimal amount) {
    return sum == null ? amount : sum.add(amount);
  }

  /// The first payout that does not add up, of those of which the file has both the payout itself
  /// and what it is made of.
  @Nullable Difference difference() {
    for (Map.Entry<String, Payout> each : payouts.entrySet()) {
      BigDecimal paid = each.getValue().paid;
      BigDecimal sum = each.getValue().sum;
      if (paid != null && sum != null && paid.compareTo(sum) != 0) {
        return new Difference(each.getKey(), sum, paid);
      }
    }
    return null;
  }
}
