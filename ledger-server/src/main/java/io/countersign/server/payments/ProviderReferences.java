package io.countersign.server.payments;

import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Component;

/// What providers know payments and refunds by: our key and their reference. Their statements name
/// these, and not our transactions.
@Component
public class ProviderReferences {

  private static final String PAYMENT = "pay_";
  private static final String REFUND = "ref_";

  private final ProviderReferenceStore store;

  ProviderReferences(ProviderReferenceStore store) {
    this.store = store;
  }

  /// @param subjects ids with their prefix; those of other things are left out
  /// @return by subject; those that are not there have none
  public Map<String, List<String>> of(int ledger, Collection<String> subjects) {
    Map<String, List<String>> references = new HashMap<>();
    List<UUID> payments =
        subjects.stream()
            .filter(it -> it.startsWith(PAYMENT))
            .map(it -> PaymentId.parse(it).uuid())
            .toList();
    store
        .ofPayments(ledger, payments)
        .forEach((id, known) -> references.put(new PaymentId(id).toString(), known));
    List<UUID> refunds =
        subjects.stream()
            .filter(it -> it.startsWith(REFUND))
            .map(it -> RefundId.parse(it).uuid())
            .toList();
    store
        .ofRefunds(ledger, refunds)
        .forEach((id, known) -> references.put(new RefundId(id).toString(), known));
    return references;
  }
}
