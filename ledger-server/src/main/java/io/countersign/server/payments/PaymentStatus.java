package io.countersign.server.payments;

import io.countersign.model.Immutable;
import io.countersign.model.id.TransactionId;
import io.countersign.model.payments.PaymentState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What has become of a payment: what its events, one after the other, have made of it.
///
/// @param sends how often its charge was taken up to be sent
/// @param sentAt when last
/// @param chargedAt when we learned that the card was charged
/// @param proposedBy who proposed what is known of the charge, where people resolved it
/// @param decidedBy who agreed
/// @param postingRefused why the books refused the charge, so that the card is refunded
/// @param refunded minor units that went back to the card after the charge was posted
/// @param checks how many so far
/// @param transactions its charge and its refunds in the journal
record PaymentStatus(
    PaymentState state,
    int sends,
    @Nullable Instant sentAt,
    @Nullable Instant chargedAt,
    @Nullable String providerReference,
    @Nullable String declineCode,
    @Nullable String postingRefused,
    @Nullable String proposedBy,
    @Nullable String decidedBy,
    long refunded,
    int checks,
    @Nullable Instant nextCheckAt,
    @Nullable String owner,
    List<TransactionId> transactions,
    Instant updatedAt) {

  PaymentStatus {
    transactions = Immutable.list(transactions);
  }

  static PaymentStatus created(Instant at) {
    return new PaymentStatus(
        PaymentState.CREATED,
        0,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        0,
        null,
        null,
        List.of(),
        at);
  }
}
