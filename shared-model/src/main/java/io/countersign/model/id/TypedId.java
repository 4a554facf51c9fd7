package io.countersign.model.id;

import java.util.UUID;

/// A UUID that says what it identifies: `txn_0199…` on the wire, a plain UUID in the database.
public sealed interface TypedId
    permits AdjustmentId,
        ApprovalId,
        EventId,
        ExceptionId,
        ExportId,
        HoldId,
        KeyId,
        LineId,
        MatchId,
        PaymentId,
        RefundId,
        RunId,
        SagaId,
        StatementId,
        TransactionId,
        UserId,
        WebhookEndpointId {

  UUID uuid();

  /// @throws IllegalArgumentException when `text` is not the prefix followed by a UUID
  static UUID parse(String prefix, String text) {
    if (text.length() != prefix.length() + 36 || !text.startsWith(prefix)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an id of the form " + prefix + "<uuid>");
    }
    UUID uuid = UUID.fromString(text.substring(prefix.length()));
    if (!text.endsWith(uuid.toString())) {
      throw new IllegalArgumentException(
          "'" + text + "' is not an id of the form " + prefix + "<uuid>");
    }
    return uuid;
  }
}
