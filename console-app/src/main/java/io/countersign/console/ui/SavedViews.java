package io.countersign.console.ui;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// The views of a screen that somebody keeps by name: filters and order, after a restart too.
public final class SavedViews extends MenuButton {

  private static final int NAME_LONGEST = 40;

  public SavedViews() {
    super("Views");
    setAccessibleText("Saved views");
  }

  /// @param memory knows the filters, and keeps the views
  /// @param apply asks the server anew once a view has been opened
  public void bind(Memory memory, Overlay overlay, Runnable apply) {
    setOnShowing(event -> fill(memory, overlay, apply));
    fill(memory, overlay, apply);
  }

  private void fill(Memory memory, Overlay overlay, Runnable apply) {
    List<String> names = memory.viewNames();
    getItems().clear();
    for (String name : names) {
      getItems()
          .add(
              item(
                  name,
                  () -> {
                    memory.openView(name);
                    apply.run();
                  }));
    }
    if (!names.isEmpty()) {
      getItems().add(new SeparatorMenuItem());
    }
    MenuItem keep = item("Keep this view…", () -> overlay.show(form(memory, overlay)));
    keep.setId(getId() + "-keep");
    getItems().add(keep);
    if (!names.isEmpty()) {
      Menu drop = new Menu("Forget a view");
      names.forEach(name -> drop.getItems().add(item(name, () -> memory.dropView(name))));
      getItems().add(drop);
    }
  }

  private static MenuItem item(String text, Runnable run) {
    MenuItem item = new MenuItem(text);
    item.setMnemonicParsing(false);
    item.setOnAction(event -> run.run());
    return item;
  }

  private static VBox form(Memory memory, Overlay overlay) {
    Label title = new Label("Keep this view");
    title.getStyleClass().add("form-title");
    TextField name = new TextField();
    name.setId("viewName");
    Label label = new Label("Name");
    label.setLabelFor(name);
    label.getStyleClass().add("field-name");
    VBox field = new VBox(label, name);
    field.getStyleClass().add("form-field");
    Button cancel = new Button("Cancel");
    cancel.setCancelButton(true);
    cancel.setOnAction(event -> overlay.hide());
    Button keep = new Button();
    keep.setId("viewName-confirm");
    keep.setDefaultButton(true);
    keep.getStyleClass().add("accent");
    keep.textProperty()
        .bind(
            name.textProperty()
                .map(
                    typed ->
                        memory.viewNames().contains(typed.strip())
                            ? "Replace the view of that name"
                            : "Keep view"));
    keep.disableProperty()
        .bind(
            Bindings.createBooleanBinding(
                () -> name.getText().isBlank() || name.getText().strip().length() > NAME_LONGEST,
                name.textProperty()));
    keep.setOnAction(
        event -> {
          memory.keepView(name.getText().strip());
          overlay.hide();
        });
    HBox buttons = new HBox(cancel, keep);
    buttons.setAlignment(Pos.CENTER_RIGHT);
    buttons.getStyleClass().add("form-buttons");
    VBox form =
        new VBox(
            title,
            Sections.wrapped(
                "The filters and the order in force can be found again under this name, at most "
                    + NAME_LONGEST
                    + " letters long.",
                "muted"),
            field,
            buttons);
    form.setId("viewForm");
    form.getStyleClass().add("action-form");
    form.setMaxHeight(USE_PREF_SIZE);
    return form;
  }
}
