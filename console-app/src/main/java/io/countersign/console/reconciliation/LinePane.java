package io.countersign.console.reconciliation;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.ActionForm;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Words;
import io.countersign.model.reconciliation.LineState;
import io.countersign.model.reconciliation.Match;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.Node;
import javafx.scene.control.TextArea;
import javafx.scene.input.KeyCode;
import org.jspecify.annotations.Nullable;

/// What became of one line: the match that explains it, with its rule and reason, and undoing it.
final class LinePane {

  private final ReconciliationViewModel model;
  private final Days days;
  private final Links links;
  private final Overlay overlay;

  LinePane(ReconciliationViewModel model, Days days, Links links, Overlay overlay) {
    this.model = model;
    this.days = days;
    this.links = links;
    this.overlay = overlay;
  }

  List<Node> of(LineRow row, @Nullable StatementDetail statement) {
    Match match = statement == null ? null : statement.of(row.line().id()).orElse(null);
    List<Node> parts = new ArrayList<>();
    parts.add(Sections.wrapped(row.amount() + " · " + row.day(), "section-title"));
    parts.add(
        Sections.actions(
            new Gate(
                    Sections.action("lineUndo", "Undo match…", () -> undo(match)),
                    model.action().guarded(model.mayUndo(match)))
                .key(KeyCode.U)));
    if (match == null) {
      parts.add(Sections.wrapped(unmatched(row.line().state(), statement), "muted"));
    } else {
      parts.add(facts(match));
    }
    return parts;
  }

  private static String unmatched(LineState state, @Nullable StatementDetail statement) {
    return switch (state) {
      case MATCHED ->
          statement == null || statement.complete()
              ? "Its match is being read."
              : "Its match is not among the first "
                  + statement.matches().size()
                  + " of this statement.";
      case AWAITING -> "It is inside the settlement window and no exception yet.";
      case EXCEPTED -> "Nothing explains it: it waits in Exceptions.";
      case UNMATCHED -> "No run has looked at it yet.";
    };
  }

  private FactsGrid facts(Match match) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Matched by rule", Words.sentence(match.rule()))
        .add("Because", match.reason())
        .add("By", match.matchedBy() + ", " + days.instant(match.matchedAt()));
    match.transactions().forEach(id -> facts.link("Transaction", id.toString(), links));
    return facts;
  }

  private void undo(@Nullable Match match) {
    if (match == null) {
      return;
    }
    TextArea reason = ActionForm.reasonArea("undoReason");
    ActionForm form =
        new ActionForm(
            "undoForm",
            "Undo this match?",
            "Both sides are free again and will be looked at by the next run. The match stays in"
                + " the history.",
            overlay);
    form.field("Reason", reason);
    form.confirmedBy(
        new ReadOnlyStringWrapper("Undo match"),
        Bindings.createObjectBinding(
            () -> reason.getText().isBlank() ? Verdict.no("Say why.") : model.mayUndo(match),
            reason.textProperty()),
        model.action(),
        "danger",
        () -> model.undo(match, reason.getText(), overlay::hide));
    form.open();
  }
}
