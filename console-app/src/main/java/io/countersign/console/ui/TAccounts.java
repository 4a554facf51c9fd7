package io.countersign.console.ui;

import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

/// Each account as the T that bookkeepers draw: its name above, debits to the left, credits to the
/// right. What is only held stands in a T of its own, drawn in dashes.
public final class TAccounts extends FlowPane {

  private record Key(String account, boolean pending) {}

  private final Amounts amounts;

  public TAccounts(List<EntryLine> lines, Amounts amounts) {
    this.amounts = amounts;
    getStyleClass().add("t-accounts");
    Map<Key, List<EntryLine>> byAccount = new LinkedHashMap<>();
    List<EntryLine> postedFirst = new ArrayList<>(lines);
    postedFirst.sort(Comparator.comparing(EntryLine::isPending));
    for (EntryLine line : postedFirst) {
      byAccount
          .computeIfAbsent(new Key(line.account(), line.isPending()), key -> new ArrayList<>())
          .add(line);
    }
    byAccount.forEach((key, its) -> getChildren().add(account(key, its)));
  }

  private VBox account(Key key, List<EntryLine> lines) {
    Label name = new Label(key.account());
    name.getStyleClass().add("t-name");
    name.setMaxWidth(Double.MAX_VALUE);
    VBox account = new VBox(name);
    if (key.pending()) {
      account.getChildren().add(new Badge("Held", Tone.HELD));
      account.getStyleClass().add("pending");
    }
    account.getChildren().add(sides(lines));
    account.getStyleClass().add("t-account");
    return account;
  }

  private GridPane sides(List<EntryLine> lines) {
    GridPane sides = new GridPane();
    sides.getStyleClass().add("t-sides");
    ColumnConstraints half = new ColumnConstraints();
    half.setPercentWidth(50);
    half.setHalignment(HPos.RIGHT);
    sides.getColumnConstraints().addAll(half, half);
    VBox debits = side("t-debits");
    VBox credits = side("t-credits");
    for (EntryLine line : lines) {
      boolean debit = line.direction() == Direction.DEBIT;
      (debit ? debits : credits).getChildren().add(figure(line.amount(), debit));
    }
    sides.addRow(0, debits, credits);
    return sides;
  }

  private static VBox side(String styleClass) {
    VBox side = new VBox();
    side.getStyleClass().addAll("t-side", styleClass);
    side.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
    return side;
  }

  private Label figure(Money amount, boolean debit) {
    Label figure = new Label(amounts.text(amount));
    figure.setMinWidth(USE_PREF_SIZE);
    figure.setAccessibleText((debit ? "Debit " : "Credit ") + figure.getText());
    return figure;
  }
}
