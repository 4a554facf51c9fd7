package io.countersign.server.payments;

import io.countersign.model.id.TransactionId;
import io.countersign.model.payments.PaymentState;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one event changes of a payment's status: the fields it sets, by their names. The row is
/// changed and, from the events, rebuilt by the same [StatusJson#apply].
final class Change {

  private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

  private Change() {}

  static Change nothing() {
    return new Change();
  }

  static Change to(PaymentState state) {
    return new Change().with("state", state.wire());
  }

  Change sent(int sends, Instant at) {
    return with("sends", sends).with("sentAt", at.toString());
  }

  Change resolved(String proposer, String decider) {
    return with("proposedBy", proposer).with("decidedBy", decider);
  }

  Change providerReference(String reference) {
    return with("providerReference", reference);
  }

  /// @param providerReference null where nobody knows another than the one that is known
  Change charged(@Nullable String providerReference, Instant at) {
    Change known = providerReference == null ? this : providerReference(providerReference);
    return known.with("chargedAt", at.toString());
  }

  Change declineCode(String code) {
    return with("declineCode", code);
  }

  Change postingRefused(String slug) {
    return with("postingRefused", slug);
  }

  Change refunded(long minorUnits) {
    return with("refunded", minorUnits);
  }

  Change checks(int checks, @Nullable Instant next) {
    return with("checks", checks).nextCheckAt(next);
  }

  Change nextCheckAt(@Nullable Instant next) {
    return with("nextCheckAt", next == null ? null : next.toString());
  }

  Change owner(String owner) {
    return with("owner", owner);
  }

  Change transactions(List<TransactionId> all) {
    return with("transactions", all.stream().map(TransactionId::toString).toList());
  }

  Map<String, @Nullable Object> fields() {
    return Collections.unmodifiableMap(fields);
  }

  private Change with(String field, @Nullable Object value) {
    fields.put(field, value);
    return this;
  }
}
