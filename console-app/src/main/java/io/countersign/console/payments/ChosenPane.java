package io.countersign.console.payments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.BulkOutcome;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.Sections;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;

/// Many payments at once: what they come to, what can be done with all of them, and what became of
/// each.
final class ChosenPane {

  private final PaymentsViewModel model;
  private final PaymentForms forms;
  private final Amounts amounts;

  ChosenPane(PaymentsViewModel model, PaymentForms forms, Amounts amounts) {
    this.model = model;
    this.forms = forms;
    this.amounts = amounts;
  }

  List<Node> of(List<PaymentRow> rows) {
    int count = rows.size();
    Verdict may = model.rights().mayActOn(count);
    List<Node> parts = new ArrayList<>();
    parts.add(
        new VBox(
            6,
            Sections.wrapped(amounts.count(count) + " payments chosen", "detail-title"),
            Sections.wrapped(sums(rows) + " in all", "detail-words")));
    parts.add(
        Sections.actions(
            gate("chosenCheck", "Ask about " + count + " now", may, model::checkChosen)
                .key(KeyCode.K),
            gate("chosenTakeOver", "Assign " + count + " to me", may, model::takeOverChosen)
                .key(KeyCode.A),
            gate("chosenAssign", "Assign " + count + "…", may, forms::assignChosen)
                .key(KeyCode.O)));
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

  private Gate gate(String id, String text, Verdict verdict, Runnable run) {
    return new Gate(Sections.action(id, text, run), model.action().guarded(verdict));
  }

  private String sums(List<PaymentRow> rows) {
    Map<String, Money> sums = new TreeMap<>();
    for (PaymentRow row : rows) {
      Money amount = row.payment().amount();
      CurrencyCode currency = amount.currency();
      sums.merge(currency.toString(), amount, Money::plus);
    }
    return sums.values().stream().map(amounts::text).collect(Collectors.joining(" + "));
  }
}
