package io.countersign.console.journal;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.EntriesGrid;
import io.countersign.console.ui.EntryLine;
import io.countersign.console.ui.TAccounts;
import io.countersign.model.journal.Transaction;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The entries of a transaction, as lines or as T-accounts.
final class EntriesPane extends VBox {

  private final List<EntryLine> lines;
  private final Amounts amounts;

  /// @param asTs whether T-accounts are wanted; stays as it is from one transaction to the next
  EntriesPane(Transaction transaction, Amounts amounts, BooleanProperty asTs) {
    super(8);
    this.amounts = amounts;
    this.lines =
        transaction.entries().stream()
            .map(
                entry ->
                    new EntryLine(
                        entry.account(), entry.direction(), entry.amount(), entry.layer()))
            .toList();
    ToggleGroup ways = new ToggleGroup();
    ToggleButton asLines = way("journalLines", "Lines", "left-pill", ways);
    ToggleButton asAccounts = way("journalTAccounts", "T-accounts", "right-pill", ways);
    ways.selectToggle(asTs.get() ? asAccounts : asLines);
    HBox choice = new HBox(asLines, asAccounts);
    choice.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(choice, content(asTs.get()));
    ways.selectedToggleProperty()
        .addListener(
            (property, before, now) -> {
              if (now == null) {
                // One of the two is always in force.
                before.setSelected(true);
              } else {
                asTs.set(asAccounts.isSelected());
                getChildren().set(1, content(asTs.get()));
              }
            });
  }

  private Node content(boolean asTs) {
    Node content = asTs ? new TAccounts(lines, amounts) : new EntriesGrid(lines, amounts);
    content.setId("journalEntries");
    return content;
  }

  private static ToggleButton way(String id, String text, String pill, ToggleGroup group) {
    ToggleButton button = new ToggleButton(text);
    button.setId(id);
    button.setToggleGroup(group);
    button.getStyleClass().addAll(pill, "small");
    return button;
  }
}
