package io.countersign.console.app;

import io.countersign.console.ui.Overlay;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// Every key that does something, on one card.
final class KeyboardHelp extends VBox {

  private final GridPane keys = new GridPane();

  private KeyboardHelp(Overlay overlay, List<String> screens) {
    setId("keyboardHelp");
    getStyleClass().add("action-form");
    setMaxHeight(USE_PREF_SIZE);
    keys.getStyleClass().add("facts-grid");
    for (int number = 1; number <= screens.size(); number++) {
      add("Ctrl+" + number, screens.get(number - 1));
    }
    add("Ctrl+K", "Commands by name");
    add("Ctrl+F", "Search in this list");
    add("Ctrl+G", "Go to a day in the journal");
    add("Ctrl+N", "New adjustment");
    add("Ctrl+L", "Choose a ledger");
    add("F5", "Refresh");
    add("F6", "Next pane: navigation, list, detail");
    add("Enter", "Open what is chosen in a list");
    add("Home, End, Shift+arrows, Ctrl+A", "Move and choose in a list");
    add("Ctrl+C", "Copy the chosen rows");
    add("Shift+F10, Menu", "What can be done here");
    add("A letter, such as A, K, R", "What a button of the chosen one says when you rest on it");
    add("1 to 9", "Choose that candidate of an exception");
    add("Ctrl+Enter", "Confirm a form, also from a field of several lines");
    add("Left, Right", "From mark to mark in the picture of a payment");
    add("Ctrl+Shift+D", "Light or dark");
    add("Ctrl++ and Ctrl+-", "Larger or smaller text");
    add("Ctrl+J", "What is running, and cancel it");
    add("Ctrl+Shift+L", "Lock the window");
    add("Ctrl+Q", "Quit");
    add("Esc", "Close a form");
    Label title = new Label("Keys");
    title.getStyleClass().add("form-title");
    Button close = new Button("Close");
    close.setDefaultButton(true);
    close.setOnAction(event -> overlay.hide());
    HBox buttons = new HBox(close);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    ScrollPane scroll = new ScrollPane(keys);
    scroll.setFitToWidth(true);
    scroll.getStyleClass().add("form-scroll");
    getChildren().addAll(title, scroll, buttons);
  }

  static KeyboardHelp of(Overlay overlay, List<String> screens) {
    return new KeyboardHelp(overlay, screens);
  }

  private void add(String key, String does) {
    Label name = new Label(key);
    name.getStyleClass().add("key-name");
    keys.addRow(keys.getRowCount(), name, new Label(does));
  }
}
