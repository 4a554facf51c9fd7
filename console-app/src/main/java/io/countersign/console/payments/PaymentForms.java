package io.countersign.console.payments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.ActionForm;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Overlay;
import io.countersign.model.Money;
import io.countersign.model.payments.Evidence;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.ResolutionOutcome;
import io.countersign.model.payments.ResolutionRequest;
import java.util.function.Consumer;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;

/// The forms through which money moves, or is said to have moved.
final class PaymentForms {

  private final PaymentsViewModel model;
  private final Amounts amounts;
  private final Overlay overlay;
  private final Links links;

  PaymentForms(PaymentsViewModel model, Amounts amounts, Overlay overlay, Links links) {
    this.model = model;
    this.amounts = amounts;
    this.overlay = overlay;
    this.links = links;
  }

  void proposeResolution(Payment payment) {
    ToggleGroup outcomes = new ToggleGroup();
    RadioButton charged = outcome("resolutionSucceeded", "The card was charged", outcomes);
    RadioButton declined = outcome("resolutionDeclined", "The card was not charged", outcomes);
    TextArea reason = ActionForm.reasonArea("resolutionReason");
    TextField reference = new TextField();
    reference.setId("resolutionReference");
    TextArea note = ActionForm.reasonArea("resolutionNote");
    TextField attachment = new TextField();
    attachment.setId("resolutionAttachment");
    ActionForm form =
        new ActionForm(
            "resolutionForm",
            "What became of " + amounts.text(payment.amount()) + "?",
            "The provider is silent. Somebody else decides on what you have found out; should the"
                + " provider answer first, its word counts.",
            overlay);
    form.field("Outcome", new HBox(18, charged, declined))
        .field("Reason", reason, PaymentForms::sayWhy)
        .field("Evidence: the provider's reference (may be left empty)", reference)
        .field(
            "Evidence: what you saw, and where",
            note,
            text -> text.isBlank() ? "Say what you saw: somebody else has to judge it." : "")
        .field("Evidence: where it is kept, such as a link (may be left empty)", attachment);
    form.confirmedBy(
        Bindings.createStringBinding(
            () ->
                charged.isSelected()
                    ? "Propose that " + amounts.text(payment.amount()) + " was charged"
                    : declined.isSelected()
                        ? "Propose that nothing was charged"
                        : "Propose an outcome",
            outcomes.selectedToggleProperty()),
        Bindings.createObjectBinding(
            () -> resolvable(payment, outcomes, reason, note),
            outcomes.selectedToggleProperty(),
            reason.textProperty(),
            note.textProperty()),
        model.action(),
        "accent",
        () ->
            model.proposeResolution(
                payment,
                new ResolutionRequest(
                    charged.isSelected() ? ResolutionOutcome.SUCCEEDED : ResolutionOutcome.DECLINED,
                    reason.getText().strip(),
                    new Evidence(
                        blankIsNull(reference.getText()),
                        note.getText().strip(),
                        blankIsNull(attachment.getText()))),
                approval -> {
                  overlay.hide();
                  links.open(approval.toString());
                }));
    form.open();
  }

  private static RadioButton outcome(String id, String text, ToggleGroup group) {
    RadioButton button = new RadioButton(text);
    button.setId(id);
    button.setToggleGroup(group);
    return button;
  }

  private Verdict resolvable(
      Payment payment, ToggleGroup outcomes, TextArea reason, TextArea note) {
    if (outcomes.getSelectedToggle() == null) {
      return Verdict.no("Choose what became of it.");
    }
    if (reason.getText().isBlank()) {
      return Verdict.no("Say why.");
    }
    return note.getText().isBlank()
        ? Verdict.no("Say what you saw: somebody else has to judge it.")
        : model.rights().mayResolve(payment);
  }

  void refund(PaymentDetail detail, boolean ifCharged) {
    Payment payment = detail.payment();
    Money left = detail.left();
    TextField amount = new TextField(amounts.number(left));
    amount.setId("refundAmount");
    amount.getStyleClass().add("figure");
    TextArea reason = ActionForm.reasonArea("refundReason");
    ActionForm form =
        new ActionForm(
            "refundForm",
            ifCharged ? "Refund if it was charged" : "Refund to the card",
            (ifCharged
                    ? "Nobody knows yet whether the card was charged. The refund is made by itself"
                        + " once the charge proves real, and never otherwise. "
                    : "")
                + (detail.cameLate()
                    ? "It was charged after the payment was declined. All of it goes back, once"
                        + " somebody else agrees."
                    : "At most "
                        + amounts.text(left)
                        + " can go back; above your limit somebody else decides."),
            overlay);
    form.field("Amount in " + left.currency(), amount, typed -> problem(amount, left))
        .field("Reason", reason, PaymentForms::sayWhy);
    form.confirmedBy(
        Bindings.createStringBinding(
            () -> doing(detail, read(amount, left), ifCharged), amount.textProperty()),
        Bindings.createObjectBinding(
            () -> refundable(detail, amount, reason, ifCharged),
            amount.textProperty(),
            reason.textProperty()),
        model.action(),
        "accent",
        () -> {
          if (read(amount, left) instanceof Amounts.Reading.Understood(var money)) {
            model.refund(payment, money, reason.getText(), ifCharged, refund -> overlay.hide());
          }
        });
    form.open();
  }

  private static String sayWhy(String reason) {
    return reason.isBlank() ? "Say why." : "";
  }

  private String problem(TextField amount, Money left) {
    return switch (read(amount, left)) {
      case Amounts.Reading.Refused(var why) -> why;
      case Amounts.Reading.Understood(var money) when money.minorUnits() > left.minorUnits() ->
          "Only " + amounts.text(left) + " can go back.";
      case Amounts.Reading.Understood understood -> "";
    };
  }

  private Amounts.Reading read(TextField amount, Money left) {
    return amounts.read(amount.getText(), left.currency());
  }

  private String doing(PaymentDetail detail, Amounts.Reading reading, boolean ifCharged) {
    return switch (reading) {
      case Amounts.Reading.Understood(var money) ->
          (detail.cameLate() || model.rights().needsApproval(money)
                  ? "Propose refund of "
                  : "Refund ")
              + amounts.text(money)
              + (ifCharged ? " if charged" : "");
      case Amounts.Reading.Refused refused -> "Refund";
    };
  }

  private Verdict refundable(
      PaymentDetail detail, TextField amount, TextArea reason, boolean ifCharged) {
    String problem = problem(amount, detail.left());
    if (!problem.isEmpty()) {
      return Verdict.no(problem);
    }
    if (reason.getText().isBlank()) {
      return Verdict.no("Say why.");
    }
    return ifCharged
        ? model.rights().mayRefundIfCharged(detail.payment())
        : model.rights().mayRefund(detail);
  }

  void note(Payment payment) {
    TextArea text = ActionForm.reasonArea("noteText");
    ActionForm form =
        new ActionForm(
            "noteForm",
            "Note on " + amounts.text(payment.amount()),
            "It is kept in the payment's history and cannot be taken back.",
            overlay);
    form.field("Note", text);
    form.confirmedBy(
        new ReadOnlyStringWrapper("Write note"),
        Bindings.createObjectBinding(
            () ->
                text.getText().isBlank()
                    ? Verdict.no("Write something.")
                    : model.rights().mayNote(),
            text.textProperty()),
        model.action(),
        "accent",
        () -> model.note(payment, text.getText(), overlay::hide));
    form.open();
  }

  void assign(Payment payment) {
    assign(
        "Who looks after " + amounts.text(payment.amount()) + "?",
        owner -> model.assign(payment, owner, overlay::hide),
        model.rights().mayAssign());
  }

  void assignChosen() {
    int count = model.chosen().size();
    assign(
        "Who looks after " + count + " payments?",
        owner -> model.assignChosen(owner, overlay::hide),
        model.rights().mayActOn(count));
  }

  private void assign(String question, Consumer<String> assign, Verdict may) {
    TextField owner = new TextField();
    owner.setId("assignOwner");
    ActionForm form =
        new ActionForm(
            "assignForm",
            question,
            "A user name. It shows in the queue and is kept in the history.",
            overlay);
    form.field("Owner", owner, text -> text.isBlank() ? "Name somebody." : "");
    form.confirmedBy(
        Bindings.createStringBinding(
            () -> owner.getText().isBlank() ? "Assign" : "Assign to " + owner.getText().strip(),
            owner.textProperty()),
        Bindings.createObjectBinding(
            () -> owner.getText().isBlank() ? Verdict.no("Name somebody.") : may,
            owner.textProperty()),
        model.action(),
        "accent",
        () -> assign.accept(owner.getText()));
    form.open();
  }

  private static @Nullable String blankIsNull(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
