package io.countersign.console.app;

import io.countersign.console.ui.Overlay;
import java.util.List;
import java.util.Locale;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// Everything one can do by name, narrowed down by typing.
final class CommandPalette extends VBox {

  record Command(String name, Runnable run) {}

  private final Overlay overlay;
  private final List<Command> commands;
  private final TextField text = new TextField();
  private final ListView<Command> found = new ListView<>();

  CommandPalette(Overlay overlay, List<Command> commands) {
    this.overlay = overlay;
    this.commands = commands;
    setId("commandPalette");
    getStyleClass().addAll("action-form", "command-palette");
    setMaxHeight(USE_PREF_SIZE);
    text.setId("commandText");
    text.setPromptText("What do you want to do?");
    found.setId("commandList");
    found.setCellFactory(list -> new CommandCell());
    found.setFocusTraversable(false);
    found.setOnMouseClicked(event -> run());
    text.textProperty().subscribe(this::narrow);
    text.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
    getChildren().addAll(text, found);
  }

  private void narrow(String typed) {
    String wanted = typed.strip().toLowerCase(Locale.ROOT);
    found
        .getItems()
        .setAll(
            commands.stream()
                .filter(command -> command.name().toLowerCase(Locale.ROOT).contains(wanted))
                .toList());
    found.getSelectionModel().selectFirst();
  }

  private void key(KeyEvent event) {
    if (event.getCode() == KeyCode.ENTER) {
      run();
      event.consume();
    } else if (event.getCode() == KeyCode.DOWN) {
      found.getSelectionModel().selectNext();
      event.consume();
    } else if (event.getCode() == KeyCode.UP) {
      found.getSelectionModel().selectPrevious();
      event.consume();
    }
  }

  private void run() {
    Command command = found.getSelectionModel().getSelectedItem();
    if (command != null) {
      overlay.hide();
      command.run().run();
    }
  }

  private static final class CommandCell extends ListCell<Command> {

    @Override
    protected void updateItem(@Nullable Command command, boolean empty) {
      super.updateItem(command, empty);
      setText(command == null || empty ? null : command.name());
    }
  }
}
