package io.countersign.console.payments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.Ids;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.Refund;
import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// One payment: what can be done about it, what happened to it, and its facts.
final class PaymentPane {

  private final PaymentsViewModel model;
  private final PaymentForms forms;
  private final Amounts amounts;
  private final Days days;
  private final Links links;

  PaymentPane(
      PaymentsViewModel model, PaymentForms forms, Amounts amounts, Days days, Links links) {
    this.model = model;
    this.forms = forms;
    this.amounts = amounts;
    this.days = days;
    this.links = links;
  }

  List<Node> of(PaymentDetail detail) {
    Payment payment = detail.payment();
    Badge state = new Badge(Words.of(payment.state()), Tone.of(payment.state()));
    state.setId("paymentState");
    List<Node> parts = new ArrayList<>();
    parts.add(Sections.head(amounts.text(payment.amount()), state, payment.description()));
    parts.add(actions(detail));
    Saga saga = detail.saga();
    if (saga != null && saga.state() == SagaState.STUCK) {
      parts.add(stuck(saga));
    }
    parts.add(
        Sections.of(
            "What happened",
            new StoryPane(detail.story(), amounts, days, links, model.detail()::again)));
    if (!detail.refunds().isEmpty()) {
      parts.add(Sections.of("Refunds", refunds(detail.refunds())));
    }
    parts.add(Sections.of("Facts", facts(payment, saga)));
    return parts;
  }

  private Node actions(PaymentDetail detail) {
    Payment payment = detail.payment();
    PaymentRights rights = model.rights();
    return Sections.actions(
        gate(
                "paymentCheck",
                "Ask " + payment.provider() + " now",
                rights.mayCheck(payment),
                () -> model.check(payment))
            .key(KeyCode.K),
        gate(
                "paymentResolve",
                "Propose resolution…",
                rights.mayResolve(payment),
                () -> forms.proposeResolution(payment))
            .key(KeyCode.P),
        gate(
                "paymentRefund",
                "Refund…",
                rights.mayRefund(detail),
                () -> forms.refund(detail, false))
            .key(KeyCode.R),
        gate(
                "paymentRefundIfCharged",
                "Refund if charged…",
                rights.mayRefundIfCharged(payment),
                () -> forms.refund(detail, true))
            .key(KeyCode.I),
        gate(
                "paymentTakeOver",
                "Assign to me",
                rights.mayTakeOver(payment),
                () -> model.takeOver(payment))
            .key(KeyCode.A),
        gate("paymentAssign", "Assign…", rights.mayAssign(), () -> forms.assign(payment))
            .key(KeyCode.O),
        gate("paymentNote", "Note…", rights.mayNote(), () -> forms.note(payment)).key(KeyCode.N));
  }

  private Gate gate(String id, String text, Verdict verdict, Runnable run) {
    return new Gate(Sections.action(id, text, run), model.action().guarded(verdict));
  }

  private Node stuck(Saga saga) {
    String step =
        saga.steps().stream()
            .filter(one -> one.state().equals("stuck"))
            .map(
                one ->
                    " at “"
                        + one.name()
                        + "”"
                        + (one.lastError() == null ? "" : ": " + one.lastError()))
            .findFirst()
            .orElse("");
    Hyperlink open = new Hyperlink("Open its saga");
    open.setId("paymentStuckSaga");
    open.setOnAction(event -> links.open(saga.id().toString()));
    VBox card =
        new VBox(
            4,
            Sections.wrapped(
                "What carries it has been stuck for " + days.age(saga.updatedAt()) + step + ".",
                "stuck-words"),
            open);
    card.getStyleClass().add("stuck-card");
    return card;
  }

  private FactsGrid facts(Payment payment, @Nullable Saga saga) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Merchant", payment.merchantAccount())
        .add(
            "Refunded",
            payment.refundedAmount().isPositive() ? amounts.text(payment.refundedAmount()) : "")
        .add("Reference", payment.reference())
        .add("Provider", payment.provider())
        .add("Provider's reference", payment.providerReference())
        .id("Our key", payment.providerKey())
        .add("Declined because", payment.declineCode())
        .add("Created", days.instant(payment.createdAt()))
        .add("Updated", days.instant(payment.updatedAt()))
        .add("Checks so far", amounts.count(payment.checks()))
        .add("Next check", days.instant(payment.nextCheckAt()))
        .add("Owner", payment.owner())
        .add("Refund if charged", payment.ifChargedRefund() == null ? "" : "recorded");
    payment.transactions().forEach(id -> facts.link("Transaction", id.toString(), links));
    if (saga != null) {
      facts.line("Saga", saga(saga));
    }
    return facts.id("Id", payment.id().toString());
  }

  private Node saga(Saga saga) {
    Hyperlink open = new Hyperlink(Ids.shortened(saga.id().toString()));
    open.setId("paymentSaga");
    open.setOnAction(event -> links.open(saga.id().toString()));
    HBox line = new HBox(8, open, new Badge(Words.of(saga.state()), Tone.of(saga.state())));
    line.setAlignment(Pos.CENTER_LEFT);
    return line;
  }

  private Node refunds(List<Refund> refunds) {
    VBox lines = new VBox(6);
    for (Refund refund : refunds) {
      Badge state = new Badge(Words.of(refund.state()), Tone.of(refund.state()));
      HBox line = new HBox(10, new Label(amounts.text(refund.amount())), state);
      line.setAlignment(Pos.CENTER_LEFT);
      ApprovalId proposal = refund.approvalId();
      if (proposal != null) {
        Hyperlink link = new Hyperlink("Proposal " + Ids.shortened(proposal.toString()));
        link.setOnAction(event -> links.open(proposal.toString()));
        line.getChildren().add(link);
      }
      lines.getChildren().add(line);
    }
    return lines;
  }
}
