package io.countersign.console.approvals;

import io.countersign.console.ui.Amounts;
import io.countersign.model.Money;
import io.countersign.model.approvals.Impact;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/// What each account has before and would have after.
final class ImpactGrid extends GridPane {

  ImpactGrid(List<Impact> impacts, Amounts amounts) {
    setId("approvalImpact");
    getStyleClass().add("ledger-lines");
    ColumnConstraints account = new ColumnConstraints();
    account.setHgrow(Priority.ALWAYS);
    getColumnConstraints().addAll(account, figures(), figures(), figures());
    addRow(0, head("Account"), head("Before"), head("Change"), head("After"));
    for (Impact impact : impacts) {
      Money change = impact.after().minus(impact.before());
      Label changed = figure(amounts.change(change));
      changed.getStyleClass().add(change.isPositive() ? "gain" : "loss");
      Label name = new Label(impact.account());
      name.setWrapText(true);
      addRow(
          getRowCount(),
          name,
          figure(amounts.text(impact.before())),
          changed,
          figure(amounts.text(impact.after())));
    }
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

  private static Label figure(String text) {
    Label label = new Label(text);
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }
}
