package io.countersign.console.ui;

import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// Names and values, one line each. Lines without a value are left out.
public final class FactsGrid extends GridPane {

  private int rows;

  public FactsGrid() {
    getStyleClass().add("facts-grid");
    ColumnConstraints names = new ColumnConstraints();
    names.setMinWidth(Region.USE_PREF_SIZE);
    ColumnConstraints values = new ColumnConstraints();
    values.setHgrow(Priority.ALWAYS);
    getColumnConstraints().addAll(names, values);
  }

  public void clear() {
    getChildren().clear();
    rows = 0;
  }

  public FactsGrid add(String name, @Nullable String value) {
    if (value == null || value.isBlank()) {
      return this;
    }
    Label text = new Label(value);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    MenuItem copy = new MenuItem("Copy");
    copy.setOnAction(event -> copy(value));
    text.setContextMenu(new ContextMenu(copy));
    return line(name, text);
  }

  /// A value that leads to another screen.
  public FactsGrid link(String name, @Nullable String id, Links links) {
    if (id == null) {
      return this;
    }
    Hyperlink link = new Hyperlink(Ids.shortened(id));
    link.setOnAction(event -> links.open(id));
    return line(name, link);
  }

  /// An id or a key: its telling end, and a button that copies the whole of it.
  public FactsGrid id(String name, @Nullable String id) {
    if (id == null || id.isBlank()) {
      return this;
    }
    Label text = new Label(Ids.shortened(id));
    text.setTooltip(new Tooltip(id));
    Button copy = new Button(null, Icons.of(Feather.COPY, "Copy " + name));
    copy.setTooltip(new Tooltip("Copy " + id));
    copy.setAccessibleText("Copy " + name);
    copy.getStyleClass().addAll("button-icon", "flat", "copy-button");
    copy.setOnAction(event -> copy(id));
    HBox line = new HBox(4, text, copy);
    line.setAlignment(Pos.CENTER_LEFT);
    return line(name, line);
  }

  public FactsGrid line(String name, Node value) {
    Label label = new Label(name);
    label.getStyleClass().add("fact-name");
    label.setLabelFor(value);
    GridPane.setValignment(label, VPos.TOP);
    addRow(rows++, label, value);
    return this;
  }

  private static void copy(String value) {
    ClipboardContent content = new ClipboardContent();
    content.putString(value);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
