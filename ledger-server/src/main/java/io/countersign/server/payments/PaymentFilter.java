package io.countersign.server.payments;

import io.countersign.model.payments.PaymentState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Which payments are asked for, and in which order; null asks for any.
///
/// @param createdBefore payments older than this
/// @param minAmount minor units
record PaymentFilter(
    @Nullable PaymentState state,
    @Nullable String provider,
    @Nullable String reference,
    @Nullable String providerReference,
    @Nullable Instant createdBefore,
    @Nullable Long minAmount,
    @Nullable String owner,
    Sort sort) {

  /// The last payment of a page; ids grow with time.
  record Place(long amount, UUID id) {}

  enum Sort {
    NEWEST(" ORDER BY id DESC", " AND id < :afterId"),
    /// The oldest first: they wait the longest.
    AGE(" ORDER BY id", " AND id > :afterId"),
    /// The largest first.
    AMOUNT(" ORDER BY amount DESC, id DESC", " AND (amount, id) < (:afterAmount, :afterId)");

    private final String order;
    private final String afterCondition;

    Sort(String order, String afterCondition) {
      this.order = order;
      this.afterCondition = afterCondition;
    }

    String order() {
      return order;
    }

    String afterCondition() {
      return afterCondition;
    }

    static Sort parse(String text) {
      return switch (text) {
        case "age" -> AGE;
        case "amount" -> AMOUNT;
        default -> throw new IllegalArgumentException(text);
      };
    }
  }
}
