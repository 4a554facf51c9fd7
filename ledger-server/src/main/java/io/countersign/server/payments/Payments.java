package io.countersign.server.payments;

import io.countersign.model.Relation;
import io.countersign.model.UuidV7;
import io.countersign.model.accounts.AccountType;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentRequest;
import io.countersign.model.payments.PaymentState;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey.Preamble;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.audit.AuditChange;
import io.countersign.server.audit.AuditLog;
import io.countersign.server.journal.Drafts;
import io.countersign.server.journal.Journal;
import io.countersign.server.payments.provider.Circuits;
import io.countersign.server.payments.provider.ProviderGateways;
import io.countersign.server.payments.provider.ProviderKey;
import io.countersign.server.sagas.Sagas;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/// Charges cards through providers.
@Component
public class Payments {

  private static final int METHOD_LONGEST = 255;

  private final PaymentBook book;
  private final PaymentViews views;
  private final Charges charges;
  private final AnswersLater answers;
  private final ProviderGateways gateways;
  private final Circuits circuits;
  private final Accounts accounts;
  private final Journal journal;
  private final Sagas sagas;
  private final AuditLog audit;
  private final UuidV7 ids;

  Payments(
      PaymentBook book,
      PaymentViews views,
      Charges charges,
      AnswersLater answers,
      ProviderGateways gateways,
      Circuits circuits,
      Accounts accounts,
      Journal journal,
      Sagas sagas,
      AuditLog audit,
      UuidV7 ids) {
    this.book = book;
    this.views = views;
    this.charges = charges;
    this.answers = answers;
    this.gateways = gateways;
    this.circuits = circuits;
    this.accounts = accounts;
    this.journal = journal;
    this.sagas = sagas;
    this.audit = audit;
    this.ids = ids;
  }

  /// @return the payment, for features that relate to it
  public Optional<Payment> find(int ledger, PaymentId id) {
    return book.find(ledger, id).map(payment -> views.payment(ledger, payment));
  }

  /// Makes a payment, asks the provider to charge it, and answers with what became of it.
  ResponseEntity<byte[]> charge(
      LedgerScope ledger, Caller caller, KeyedRequest request, PaymentRequest body) {
    check(body);
    SagaId saga = sagas.newId();
    return answers.execute(
        request,
        Preamble.NONE,
        () -> create(ledger, caller, body, saga),
        payment -> sagas.run(ledger.id(), saga),
        payment -> answer(ledger.id(), new PaymentId(payment)));
  }

  /// Asks the provider now what has become of a payment that it is silent about.
  ResponseEntity<byte[]> check(
      LedgerScope ledger, Caller caller, KeyedRequest request, PaymentId id) {
    return answers.execute(
        request,
        Preamble.NONE,
        () -> {
          PaymentRow payment = book.lock(ledger.id(), id);
          if (payment.state() != PaymentState.PENDING_CONFIRMATION) {
            throw Problems.wrongState(
                    payment.state().wire(),
                    "Only a payment that is pending confirmation is checked.")
                .asException();
          }
          book.change(ledger.id(), payment, "check_asked", Change.nothing(), caller.name(), null);
          audit.write(
              ledger.id(),
              caller,
              AuditChange.made(
                  "payment.check", "payment", id.toString(), views.payment(ledger.id(), payment)));
          // Not the payment's id: this key's window does not wait for the payment's end.
          return ids.next();
        },
        asked -> sagas.run(ledger.id(), book.get(ledger.id(), id).terms().saga()),
        asked -> Answer.ok(views.payment(ledger.id(), book.get(ledger.id(), id))));
  }

  private Answer answer(int ledger, PaymentId id) {
    PaymentRow payment = book.get(ledger, id);
    Payment view = views.payment(ledger, payment);
    return payment.state().isFinal() ? Answer.created(view) : Answer.accepted(view);
  }

  private UUID create(LedgerScope ledger, Caller caller, PaymentRequest body, SagaId saga) {
    if (gateways.named(body.provider()).isEmpty()) {
      throw Problem.of(
              "provider-not-configured",
              422,
              "This server has no provider '" + body.provider() + "'.")
          .asException();
    }
    PaymentTerms terms = terms(caller, body, saga);
    if (!body.amount().isPositive()) {
      throw Problems.invalidMoney("An amount must be more than zero.").asException();
    }
    accounts.ensure(
        ledger.id(),
        terms.providerAccount(),
        "Receivable from " + terms.provider() + " in " + terms.amount().currency(),
        AccountType.ASSET,
        terms.amount().currency());
    // What can be foreseen is refused before the card is charged; what cannot is compensated.
    journal
        .foreseenRefusal(ledger, Charges.draft(terms))
        .ifPresent(
            problem -> {
              throw problem.asException();
            });
    PaymentRow created = charges.create(ledger.id(), terms, circuits.allows(terms.provider()));
    sagas.start(
        ledger.id(),
        terms.saga(),
        ChargeSaga.KIND,
        new Relation("payment", terms.id().toString()),
        Sagas.GRACE);
    audit.write(
        ledger.id(),
        caller,
        AuditChange.made(
            "payment.charge", "payment", terms.id().toString(), PaymentViews.ofNew(created)));
    return terms.id().uuid();
  }

  private PaymentTerms terms(Caller caller, PaymentRequest body, SagaId saga) {
    PaymentId id = new PaymentId(ids.next());
    Instant now = book.now();
    return new PaymentTerms(
        id,
        body.amount(),
        body.merchantAccount(),
        body.provider(),
        ProviderKey.ofCharge(id).value(),
        body.paymentMethod(),
        body.reference(),
        body.description(),
        body.metadata() == null ? Map.of() : body.metadata(),
        saga,
        caller.name(),
        now);
  }

  private static void check(PaymentRequest body) {
    new FieldChecks()
        .required("amount", body.amount())
        .required("merchantAccount", body.merchantAccount())
        .text("provider", body.provider(), METHOD_LONGEST)
        .text("paymentMethod", body.paymentMethod(), METHOD_LONGEST)
        .optionalText("reference", body.reference(), Drafts.REFERENCE_LONGEST)
        .optionalText("description", body.description(), Drafts.DESCRIPTION_LONGEST)
        .that(
            body.description() == null || !body.description().isBlank(),
            "description",
            "must not be blank")
        .orThrow();
  }
}
