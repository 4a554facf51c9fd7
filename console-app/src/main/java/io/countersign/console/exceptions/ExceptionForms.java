package io.countersign.console.exceptions;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.ActionForm;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Words;
import io.countersign.model.reconciliation.ExceptionCase;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;

/// The forms by which an exception is worked on.
final class ExceptionForms {

  private final ExceptionsViewModel model;
  private final Overlay overlay;

  ExceptionForms(ExceptionsViewModel model, Overlay overlay) {
    this.model = model;
    this.overlay = overlay;
  }

  void match(ExceptionCase one) {
    TextArea reason = ActionForm.reasonArea("matchReason");
    reason.setText(model.suggestedReason());
    ActionForm form =
        new ActionForm(
            "matchForm",
            model.matching() + "?",
            "Both sides must come to the same amount. The match is kept with your reason and can be"
                + " undone.",
            overlay);
    form.field("Reason", reason);
    confirm(
        form,
        model.matching(),
        reason,
        () -> model.mayMatch(one),
        "accent",
        () -> model.match(one, reason.getText(), overlay::hide));
  }

  void dismiss(ExceptionCase one) {
    TextArea reason = ActionForm.reasonArea("dismissReason");
    ActionForm form =
        new ActionForm(
            "dismissForm",
            "Dismiss this exception?",
            "Nothing is posted and nothing is matched. Above a limit somebody else has to agree.",
            overlay);
    form.field("Reason", reason);
    confirm(
        form,
        "Dismiss: " + Words.of(one.category()).toLowerCase(java.util.Locale.ROOT),
        reason,
        () -> model.mayWork(one),
        "danger",
        () -> model.dismiss(one, reason.getText(), overlay::hide));
  }

  void reopen(ExceptionCase one) {
    TextArea reason = ActionForm.reasonArea("reopenReason");
    ActionForm form =
        new ActionForm(
            "reopenForm",
            "Reopen this exception?",
            "It joins the queue again; its history stays.",
            overlay);
    form.field("Reason", reason);
    confirm(
        form,
        "Reopen",
        reason,
        () -> model.mayReopen(one),
        "accent",
        () -> model.reopen(one, reason.getText(), overlay::hide));
  }

  /// Something that is written once for all that are chosen.
  ///
  /// @param doing what the button says, such as `Dismiss 3`
  void onChosen(String id, String doing, String asked, BiConsumer<String, Runnable> act) {
    TextArea words = ActionForm.reasonArea(id + "Words");
    ActionForm form =
        new ActionForm(
            id + "Form",
            doing + "?",
            "Each has an outcome of its own: what is refused for one is done for the others.",
            overlay);
    form.field(asked, words);
    confirm(
        form,
        doing,
        words,
        model::mayActOnChosen,
        "accent",
        () -> act.accept(words.getText(), overlay::hide));
  }

  void comment(ExceptionCase one) {
    TextArea words = ActionForm.reasonArea("commentText");
    ActionForm form =
        new ActionForm("commentForm", "Comment", "Everybody who opens it reads it.", overlay);
    form.field("Comment", words);
    confirm(
        form,
        "Write comment",
        words,
        model::mayComment,
        "accent",
        () -> model.comment(one, words.getText(), overlay::hide));
  }

  void assign(ExceptionCase one) {
    TextField assignee = new TextField();
    assignee.setId("assigneeName");
    ActionForm form =
        new ActionForm(
            "assignForm", "Assign to somebody", "They find it under what is theirs.", overlay);
    form.field("User name", assignee);
    confirm(
        form,
        "Assign",
        assignee,
        () -> model.mayAssign(one),
        "accent",
        () -> model.assign(one, assignee.getText(), overlay::hide));
  }

  private void confirm(
      ActionForm form,
      String doing,
      TextInputControl words,
      Supplier<Verdict> verdict,
      String styleClass,
      Runnable run) {
    form.confirmedBy(
        new ReadOnlyStringWrapper(doing),
        Bindings.createObjectBinding(
            () -> words.getText().isBlank() ? Verdict.no("Fill it in first.") : verdict.get(),
            words.textProperty()),
        model.action(),
        styleClass,
        run);
    form.open();
  }
}
