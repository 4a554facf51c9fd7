package io.countersign.console.exceptions;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.BulkOutcome;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.Sections;
import io.countersign.model.reconciliation.ExceptionState;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;

/// Many exceptions at once: what can be done with all of them, and what became of each.
final class ChosenExceptions {

  private final ExceptionsViewModel model;
  private final ExceptionForms forms;
  private final Amounts amounts;

  ChosenExceptions(ExceptionsViewModel model, ExceptionForms forms, Amounts amounts) {
    this.model = model;
    this.forms = forms;
    this.amounts = amounts;
  }

  List<Node> of() {
    int count = model.chosen().size();
    List<Node> parts = new ArrayList<>();
    parts.add(Sections.wrapped(amounts.count(count) + " exceptions chosen", "detail-title"));
    parts.add(actions(count));
    BulkOutcome outcome = model.outcomeProperty().get();
    if (outcome != null) {
      parts.add(outcome.card("chosenOutcome"));
    }
    parts.add(
        Sections.wrapped(
            "Each has an outcome of its own: what is refused for one is done for the others.",
            "muted"));
    return parts;
  }

  private Node actions(int count) {
    Verdict may = model.mayActOnChosen();
    boolean anyResolved =
        model.chosen().stream().anyMatch(row -> row.one().state() == ExceptionState.RESOLVED);
    Verdict reopen =
        may.may() && !anyResolved ? Verdict.no("Only what is resolved can be reopened.") : may;
    return Sections.actions(
        gate("chosenTakeOver", "Assign " + count + " to me", may, model::takeOverChosen)
            .key(KeyCode.A),
        gate(
                "chosenAssign",
                "Assign " + count + "…",
                may,
                () ->
                    forms.onChosen(
                        "chosenAssign", "Assign " + count, "User name", model::assignChosen))
            .key(KeyCode.O),
        gate(
                "chosenComment",
                "Comment on " + count + "…",
                may,
                () ->
                    forms.onChosen(
                        "chosenComment", "Comment on " + count, "Comment", model::commentChosen))
            .key(KeyCode.C),
        gate(
                "chosenDismiss",
                "Dismiss " + count + "…",
                may,
                () ->
                    forms.onChosen(
                        "chosenDismiss", "Dismiss " + count, "Reason", model::dismissChosen))
            .key(KeyCode.D),
        gate(
                "chosenReopen",
                "Reopen " + count + "…",
                reopen,
                () ->
                    forms.onChosen(
                        "chosenReopen", "Reopen " + count, "Reason", model::reopenChosen))
            .key(KeyCode.E));
  }

  private Gate gate(String id, String text, Verdict verdict, Runnable run) {
    return new Gate(Sections.action(id, text, run), model.action().guarded(verdict));
  }
}
