package io.countersign.console.exceptions;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Ids;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Words;
import io.countersign.model.Money;
import io.countersign.model.id.LineId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.StatementLine;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// The statement on the left, the books on the right; what is ticked will be matched.
final class SidesView extends GridPane {

  private final ExceptionsViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Links links;

  SidesView(
      ExceptionDetail detail, ExceptionsViewModel model, Amounts amounts, Days days, Links links) {
    this.model = model;
    this.amounts = amounts;
    this.days = days;
    this.links = links;
    setId("exceptionSides");
    getStyleClass().add("sides");
    ColumnConstraints half = new ColumnConstraints();
    half.setPercentWidth(50);
    getColumnConstraints().addAll(half, half);
    VBox lines = side("On the statement");
    for (LineId id : detail.allLines()) {
      lines.getChildren().add(line(id, detail.line(id)));
    }
    VBox books = side("In the books");
    for (Transaction transaction : detail.transactions()) {
      books.getChildren().add(transaction(transaction));
    }
    empty(lines, "No line of a statement.");
    empty(books, "No transaction.");
    addRow(0, lines, books);
  }

  private static VBox side(String title) {
    Label label = new Label(title);
    label.getStyleClass().add("section-title");
    VBox side = new VBox(8, label);
    side.setFillWidth(true);
    return side;
  }

  private static void empty(VBox side, String words) {
    if (side.getChildren().size() == 1) {
      side.getChildren().add(Sections.wrapped(words, "muted"));
    }
  }

  private Node line(LineId id, @Nullable StatementLine line) {
    if (line == null) {
      return card(tick(model.chosenLines(), id, Ids.shortened(id.toString())));
    }
    Money amount = new Money(line.amount(), line.currency());
    CheckBox tick = tick(model.chosenLines(), id, amounts.text(amount));
    String direction = line.amount() < 0 ? "Money out" : "Money in";
    VBox card =
        card(
            tick,
            Sections.wrapped(
                direction
                    + ", value date "
                    + (line.valueDate() == null
                        ? line.valueDateText() + " (no such day)"
                        : days.day(line.valueDate())),
                "muted"),
            Sections.wrapped(line.text(), "line-text"));
    if (!line.references().isEmpty()) {
      card.getChildren()
          .add(Sections.wrapped("References: " + String.join(", ", line.references()), "muted"));
    }
    return card;
  }

  private Node transaction(Transaction transaction) {
    CheckBox tick = tick(model.chosenTransactions(), transaction.id(), amount(transaction));
    Hyperlink open = new Hyperlink("Transaction " + transaction.sequence());
    open.setOnAction(event -> links.open(transaction.id().toString()));
    return card(
        tick,
        Sections.wrapped(
            Words.of(transaction.kind())
                + ", accounting day "
                + days.day(transaction.effectiveOn()),
            "muted"),
        Sections.wrapped(transaction.description(), "line-text"),
        Sections.wrapped(
            transaction.reference() == null ? "" : "Reference: " + transaction.reference(),
            "muted"),
        open);
  }

  private String amount(Transaction transaction) {
    return transaction.entries().stream()
        .filter(entry -> entry.direction() == Direction.DEBIT)
        .map(Entry::amount)
        .map(amounts::text)
        .distinct()
        .reduce((one, other) -> one + " + " + other)
        .orElse("");
  }

  private static VBox card(Node... parts) {
    VBox card = new VBox(parts);
    card.getStyleClass().add("card");
    return card;
  }

  private static <T> CheckBox tick(ObservableSet<T> chosen, T id, String words) {
    CheckBox box = new CheckBox(words);
    box.setId("tick-" + id);
    box.getStyleClass().add("side-amount");
    box.setSelected(chosen.contains(id));
    box.setOnAction(
        event -> {
          if (box.isSelected()) {
            chosen.add(id);
          } else {
            chosen.remove(id);
          }
        });
    chosen.addListener(
        new javafx.collections.WeakSetChangeListener<>(
            keep(box, change -> box.setSelected(chosen.contains(id)))));
    return box;
  }

  /// The listener lives as long as its box does, and no longer.
  private static <T> SetChangeListener<T> keep(CheckBox box, SetChangeListener<T> listener) {
    box.setUserData(listener);
    return listener;
  }
}
