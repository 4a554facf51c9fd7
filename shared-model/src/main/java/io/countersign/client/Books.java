package io.countersign.client;

/// One ledger's books, by section of the contract.
public final class Books {

  private final AccountCalls accounts;
  private final JournalCalls journal;
  private final PaymentCalls payments;
  private final SagaCalls sagas;
  private final ApprovalCalls approvals;
  private final ReconciliationCalls reconciliation;
  private final AuditCalls audit;
  private final WebhookCalls webhooks;
  private final OverviewCalls overview;

  Books(Transport transport, String base) {
    accounts = new AccountCalls(transport, base);
    journal = new JournalCalls(transport, base);
    payments = new PaymentCalls(transport, base);
    sagas = new SagaCalls(transport, base);
    approvals = new ApprovalCalls(transport, base);
    reconciliation = new ReconciliationCalls(transport, base);
    audit = new AuditCalls(transport, base);
    webhooks = new WebhookCalls(transport, base);
    overview = new OverviewCalls(transport, base);
  }

  public AccountCalls accounts() {
    return accounts;
  }

  public JournalCalls journal() {
    return journal;
  }

  public PaymentCalls payments() {
    return payments;
  }

  public SagaCalls sagas() {
    return sagas;
  }

  public ApprovalCalls approvals() {
    return approvals;
  }

  public ReconciliationCalls reconciliation() {
    return reconciliation;
  }

  public AuditCalls audit() {
    return audit;
  }

  public WebhookCalls webhooks() {
    return webhooks;
  }

  public OverviewCalls overview() {
    return overview;
  }
}
