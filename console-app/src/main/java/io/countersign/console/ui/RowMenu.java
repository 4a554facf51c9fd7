package io.countersign.console.ui;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Control;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;

/// The menu of a list and of its detail: what can be done with the one that is looked at, as the
/// buttons of the detail have it, and whatever else the list offers.
final class RowMenu {

  private final Pane detail;
  private final List<MenuItem> always;

  private RowMenu(Pane detail, List<MenuItem> always) {
    this.detail = detail;
    this.always = always;
  }

  /// @param always in every menu, below the actions
  static void attach(Control to, Pane detail, MenuItem... always) {
    RowMenu menu = new RowMenu(detail, List.of(always));
    ContextMenu shown = new ContextMenu(always);
    shown.setId(to.getId() + "-menu");
    shown.setOnShowing(event -> shown.getItems().setAll(menu.items()));
    to.setContextMenu(shown);
    keys(to, detail);
  }

  private List<MenuItem> items() {
    List<MenuItem> items = new ArrayList<>();
    gates(detail).map(RowMenu::item).forEach(items::add);
    if (!items.isEmpty() && !always.isEmpty()) {
      items.add(new SeparatorMenuItem());
    }
    items.addAll(always);
    return items;
  }

  /// Lets a letter pressed alone do what the button with that key does.
  private static void keys(Control on, Pane detail) {
    on.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          boolean plain =
              !(event.isControlDown() || event.isAltDown() || event.isMetaDown())
                  && !(event.getTarget() instanceof TextInputControl);
          if (plain) {
            gates(detail)
                .filter(gate -> event.getCode() == gate.key() && !gate.button().isDisabled())
                .findFirst()
                .ifPresent(
                    gate -> {
                      gate.button().fire();
                      event.consume();
                    });
          }
        });
  }

  private static Stream<Gate> gates(Node node) {
    return switch (node) {
      case Gate gate -> Stream.of(gate);
      case Pane pane -> pane.getChildren().stream().flatMap(RowMenu::gates);
      default -> Stream.empty();
    };
  }

  private static MenuItem item(Gate gate) {
    Button button = gate.button();
    KeyCode key = gate.key();
    // Said in words: an accelerator would work in the whole window, where people type.
    MenuItem item =
        new MenuItem(button.getText() + (key == null ? "" : "  (" + key.getName() + ")"));
    item.setMnemonicParsing(false);
    item.setDisable(button.isDisabled());
    item.setOnAction(event -> button.fire());
    return item;
  }
}
