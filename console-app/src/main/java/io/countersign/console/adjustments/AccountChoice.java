package io.countersign.console.adjustments;

import javafx.animation.PauseTransition;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TextField;
import javafx.util.Duration;
import org.controlsfx.control.SearchableComboBox;
import org.jspecify.annotations.Nullable;

/// Chooses an account of the ledger: opens at a click, an arrow or a letter, and narrows down by
/// every word that is typed.
final class AccountChoice extends SearchableComboBox<String> {

  private static final Duration PAUSE = Duration.millis(250);

  private final PauseTransition pause = new PauseTransition(PAUSE);

  AccountChoice(StringProperty account, AdjustmentsViewModel model) {
    super(model.accounts());
    getStyleClass().add("account-choice");
    setPromptText("Choose an account");
    setMaxWidth(Double.MAX_VALUE);
    setValue(chosen(account.get()));
    valueProperty().addListener((property, before, now) -> account.set(now == null ? "" : now));
    account.addListener((property, before, now) -> setValue(chosen(now)));
    skinProperty().subscribe(skin -> watchSearch(model));
  }

  private static @Nullable String chosen(String account) {
    return account.isBlank() ? null : account;
  }

  private void watchSearch(AdjustmentsViewModel model) {
    if (lookup("#search") instanceof TextField search) {
      pause.setOnFinished(event -> model.lookUpAccounts(search.getText()));
      search.textProperty().addListener((property, before, now) -> pause.playFromStart());
    }
  }
}
