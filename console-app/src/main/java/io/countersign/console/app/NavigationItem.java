package io.countersign.console.app;

import io.countersign.console.ui.Screen;
import java.util.Map;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;

/// One line of the navigation: icon, name, and how much waits there.
final class NavigationItem extends ToggleButton {

  private final String name;
  private final Label count = new Label();

  NavigationItem(Screen screen, int number, ToggleGroup group, Runnable open) {
    this.name = screen.name();
    setId("screen-" + name.toLowerCase(java.util.Locale.ROOT));
    setToggleGroup(group);
    getStyleClass().add("navigation-item");
    setMaxWidth(Double.MAX_VALUE);
    Region gap = new Region();
    HBox.setHgrow(gap, Priority.ALWAYS);
    count.getStyleClass().add("count-badge");
    count.setId(getId() + "-count");
    count.managedProperty().bind(count.visibleProperty());
    count.setVisible(false);
    Label title = new Label(name);
    HBox line = new HBox(12, new FontIcon(screen.icon()), title, gap, count);
    line.setAlignment(Pos.CENTER_LEFT);
    setGraphic(line);
    setAccessibleText(name);
    setTooltip(new Tooltip(name + " (Ctrl+" + number + ")"));
    setOnAction(event -> open.run());
  }

  String screenName() {
    return name;
  }

  void choose() {
    setSelected(true);
  }

  void count(Map<String, Long> counts) {
    long waiting = counts.getOrDefault(name, 0L);
    count.setVisible(waiting > 0);
    count.setText(waiting > 999 ? "999+" : String.valueOf(waiting));
    setAccessibleText(waiting > 0 ? name + ", " + waiting + " waiting" : name);
  }
}
