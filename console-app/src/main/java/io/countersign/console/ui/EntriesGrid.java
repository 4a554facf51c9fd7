package io.countersign.console.ui;

import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// Entries as a bookkeeper reads them: account, debit, credit, and the totals under the line. What
/// only holds money stands apart from what moved it, and is never added to it.
public final class EntriesGrid extends GridPane {

  private final Amounts amounts;

  public EntriesGrid(List<EntryLine> lines, Amounts amounts) {
    this.amounts = amounts;
    getStyleClass().add("ledger-lines");
    ColumnConstraints account = new ColumnConstraints();
    account.setHgrow(Priority.ALWAYS);
    getColumnConstraints().addAll(account, figures(), figures());
    addRow(0, head("Account"), head("Debit"), head("Credit"));
    List<EntryLine> posted = lines.stream().filter(line -> !line.isPending()).toList();
    List<EntryLine> pending = lines.stream().filter(EntryLine::isPending).toList();
    if (!posted.isEmpty()) {
      block(posted, "Total");
    }
    if (!pending.isEmpty()) {
      Badge held = new Badge("Held, not posted", Tone.HELD);
      add(held, 0, getRowCount(), 3, 1);
      block(pending, "Total held");
    }
  }

  private void block(List<EntryLine> lines, String total) {
    lines.forEach(this::line);
    add(new Separator(), 0, getRowCount(), 3, 1);
    totals(lines, total);
  }

  private static ColumnConstraints figures() {
    ColumnConstraints column = new ColumnConstraints();
    column.setHalignment(HPos.RIGHT);
    column.setMinWidth(Region.USE_PREF_SIZE);
    return column;
  }

  private static Label head(String text) {
    Label label = new Label(text);
    label.getStyleClass().add("ledger-head");
    return label;
  }

  private void line(EntryLine line) {
    Label account = new Label(line.account());
    account.setWrapText(true);
    Label figure = figure(amounts.text(line.amount()));
    boolean debit = line.direction() == Direction.DEBIT;
    String layer = line.isPending() ? "Held, " : "";
    figure.setAccessibleText(layer + (debit ? "Debit " : "Credit ") + figure.getText());
    if (line.isPending()) {
      account.getStyleClass().add("pending");
      figure.getStyleClass().add("pending");
    }
    addRow(getRowCount(), account, debit ? figure : figure(""), debit ? figure("") : figure);
  }

  private void totals(List<EntryLine> lines, String total) {
    Map<CurrencyCode, long[]> sums = new TreeMap<>();
    for (EntryLine line : lines) {
      long[] sides = sums.computeIfAbsent(line.amount().currency(), currency -> new long[2]);
      int side = line.direction() == Direction.DEBIT ? 0 : 1;
      sides[side] = Math.addExact(sides[side], line.amount().minorUnits());
    }
    sums.forEach(
        (currency, sides) -> {
          Label name = new Label(total);
          name.getStyleClass().add("sum-line");
          Label debit = figure(amounts.text(new Money(sides[0], currency)));
          Label credit = figure(amounts.text(new Money(sides[1], currency)));
          debit.getStyleClass().add("sum-line");
          credit.getStyleClass().add("sum-line");
          addRow(getRowCount(), name, debit, credit);
        });
  }

  private static Label figure(String text) {
    Label label = new Label(text);
    label.setMinWidth(Region.USE_PREF_SIZE);
    label.getStyleClass().add("figure");
    return label;
  }
}
