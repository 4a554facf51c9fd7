package io.countersign.console.ui;

import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.RefundState;
import io.countersign.model.payments.SagaState;
import io.countersign.model.reconciliation.ExceptionState;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.StatementState;

/// The colour of a badge. Never the only sign: the badge says the state in words too.
public enum Tone {
  GOOD,
  WAITING,
  BAD,
  /// Money that is held and has not moved.
  HELD,
  PLAIN;

  public String styleClass() {
    return "tone-" + Words.of(this).toLowerCase(java.util.Locale.ROOT);
  }

  public static Tone of(TransactionKind kind) {
    return switch (kind) {
      case HOLD, RELEASE, EXPIRY -> HELD;
      default -> PLAIN;
    };
  }

  public static Tone of(PaymentState state) {
    return switch (state) {
      case SUCCEEDED -> GOOD;
      case PENDING_CONFIRMATION, CREATED, SUBMITTED -> WAITING;
      case DECLINED, REVERSED -> BAD;
      case PARTIALLY_REFUNDED, REFUNDED -> PLAIN;
    };
  }

  public static Tone of(RefundState state) {
    return switch (state) {
      case SUCCEEDED -> GOOD;
      case DECLINED -> BAD;
      case PENDING_APPROVAL, SUBMITTED, PENDING_CONFIRMATION -> WAITING;
    };
  }

  public static Tone of(SagaState state) {
    return switch (state) {
      case DONE -> GOOD;
      case RUNNING -> WAITING;
      case STUCK -> BAD;
      case UNDONE -> PLAIN;
    };
  }

  public static Tone of(StatementState state) {
    return switch (state) {
      case ACCEPTED -> GOOD;
      case QUARANTINED -> BAD;
      case DUPLICATE -> PLAIN;
    };
  }

  public static Tone of(LineState state) {
    return switch (state) {
      case MATCHED -> GOOD;
      case AWAITING -> WAITING;
      case EXCEPTED -> BAD;
      case UNMATCHED -> PLAIN;
    };
  }

  public static Tone of(ApprovalState state) {
    return switch (state) {
      case PENDING -> WAITING;
      case APPROVED -> GOOD;
      case REJECTED -> BAD;
      case WITHDRAWN, EXPIRED, SUPERSEDED -> PLAIN;
    };
  }

  public static Tone of(AdjustmentState state) {
    return switch (state) {
      case PENDING_APPROVAL -> WAITING;
      case APPROVED -> GOOD;
      case REJECTED -> BAD;
      case WITHDRAWN, EXPIRED, SUPERSEDED -> PLAIN;
    };
  }

  public static Tone of(ExceptionState state) {
    return switch (state) {
      case OPEN -> BAD;
      case ASSIGNED, AWAITING_APPROVAL -> WAITING;
      case RESOLVED -> GOOD;
    };
  }
}
