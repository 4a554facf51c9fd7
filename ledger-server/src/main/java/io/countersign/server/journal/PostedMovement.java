package io.countersign.server.journal;

import io.countersign.model.Money;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one transaction moved on one account, all its posted entries there taken together.
///
/// @param amount debits positive, whatever the account's type; never zero
public record PostedMovement(
    TransactionId transaction,
    long sequence,
    Money amount,
    String description,
    @Nullable String reference,
    LocalDate effectiveOn,
    Instant recordedAt,
    @Nullable TransactionId reverses,
    @Nullable Relation relatesTo,
    Map<String, @Nullable Object> metadata) {

  /// What a transaction moved on an account; empty when that comes to nothing.
  public static Optional<PostedMovement> of(Transaction transaction, String account) {
    List<Entry> entries =
        transaction.entries().stream()
            .filter(it -> it.account().equals(account) && it.layer() == Layer.POSTED)
            .toList();
    long sum = 0;
    for (Entry entry : entries) {
      long amount = entry.amount().minorUnits();
      sum = Math.addExact(sum, entry.direction() == Direction.DEBIT ? amount : -amount);
    }
    if (sum == 0) {
      return Optional.empty();
    }
    return Optional.of(
        new PostedMovement(
            transaction.id(),
            transaction.sequence(),
            new Money(sum, entries.getFirst().amount().currency()),
            transaction.description(),
            transaction.reference(),
            transaction.effectiveOn(),
            transaction.recordedAt(),
            transaction.reverses(),
            transaction.relatesTo(),
            Objects.requireNonNullElse(transaction.metadata(), Map.of())));
  }
}
