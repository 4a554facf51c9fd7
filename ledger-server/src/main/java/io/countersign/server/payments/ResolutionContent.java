package io.countersign.server.payments;

import io.countersign.model.Money;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.Evidence;
import io.countersign.model.payments.ResolutionOutcome;

/// What is proposed about a payment that its provider is silent about.
record ResolutionContent(
    PaymentId payment,
    ResolutionOutcome outcome,
    Money amount,
    String merchantAccount,
    String providerAccount,
    Evidence evidence) {}
