package io.countersign.console.adjustments;

import java.util.List;
import javafx.animation.PauseTransition;
import javafx.beans.property.StringProperty;
import javafx.geometry.Side;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextField;
import javafx.util.Duration;

/// A field for an account's code, which offers those that begin as typed.
final class AccountField extends TextField {

  private static final Duration PAUSE = Duration.millis(250);

  private final ContextMenu menu = new ContextMenu();

  AccountField(StringProperty account, AdjustmentsViewModel model) {
    textProperty().bindBidirectional(account);
    PauseTransition pause = new PauseTransition(PAUSE);
    pause.setOnFinished(event -> model.suggest(getText(), this::offer));
    textProperty()
        .addListener(
            (property, before, now) -> {
              if (isFocused()) {
                pause.playFromStart();
              }
            });
    focusedProperty()
        .addListener(
            (property, before, now) -> {
              if (!now) {
                pause.stop();
                menu.hide();
              }
            });
  }

  private void offer(List<String> codes) {
    menu.getItems()
        .setAll(codes.stream().filter(code -> !code.equals(getText())).map(this::item).toList());
    if (isFocused() && !menu.getItems().isEmpty()) {
      menu.show(this, Side.BOTTOM, 0, 2);
    } else {
      menu.hide();
    }
  }

  private MenuItem item(String code) {
    MenuItem item = new MenuItem(code);
    item.setMnemonicParsing(false);
    item.setOnAction(
        event -> {
          setText(code);
          end();
        });
    return item;
  }
}
