package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;

/// A refund above its proposer's limit.
record RefundContent(
    RefundId refund,
    PaymentId payment,
    Money amount,
    String merchantAccount,
    String providerAccount,
    boolean ifCharged) {}
