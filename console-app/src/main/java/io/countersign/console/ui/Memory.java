package io.countersign.console.ui;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javafx.animation.PauseTransition;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import javafx.beans.property.StringProperty;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;

/// Lets a screen be found as it was left, after a restart too: filters, sort, and the columns with
/// their order, width and visibility. What can no longer be understood is left at its default.
public final class Memory {

  // A column is dragged through many widths; only where it comes to rest is written.
  private static final Duration REST = Duration.millis(400);

  private final Settings settings;
  private final String screen;
  private final PauseTransition rest = new PauseTransition(REST);

  public Memory(Settings settings, String screen) {
    this.settings = settings;
    this.screen = screen;
    rest.setOnFinished(event -> settings.write());
  }

  public Memory text(String name, StringProperty value) {
    String kept = settings.get(key(name));
    if (kept != null) {
      value.set(kept);
    }
    value.subscribe(now -> put(name, now == null ? "" : now));
    return this;
  }

  public Memory flag(String name, BooleanProperty value) {
    String kept = settings.get(key(name));
    if (kept != null) {
      value.set(Boolean.parseBoolean(kept));
    }
    value.subscribe(now -> put(name, String.valueOf(now)));
    return this;
  }

  public <E extends Enum<E>> Memory always(String name, Class<E> type, Property<E> value) {
    String kept = settings.get(key(name));
    Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(kept))
        .findFirst()
        .ifPresent(value::setValue);
    value.subscribe(now -> put(name, now.name()));
    return this;
  }

  /// @param value may be null, for none of them
  public <E extends Enum<E>> Memory choice(
      String name, Class<E> type, Property<@Nullable E> value) {
    String kept = settings.get(key(name));
    if (kept != null && kept.isEmpty()) {
      value.setValue(null);
    }
    Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(kept))
        .findFirst()
        .ifPresent(value::setValue);
    value.subscribe(now -> put(name, now == null ? "" : now.name()));
    return this;
  }

  public Memory day(String name, Property<@Nullable LocalDate> value) {
    String kept = settings.get(key(name));
    if (kept != null && !kept.isEmpty()) {
      try {
        value.setValue(LocalDate.parse(kept));
      } catch (DateTimeParseException spoilt) {
        value.setValue(null);
      }
    }
    value.subscribe(now -> put(name, now == null ? "" : now.toString()));
    return this;
  }

  /// Call when the table has all its columns, each with an id and as wide as text of the usual size
  /// wants it. Larger text widens them.
  public <R> Memory columns(TableView<R> table) {
    String kept = settings.get(key("columns"));
    if (kept != null) {
      restore(table, kept);
    }
    table.getColumns().forEach(column -> column.setPrefWidth(column.getPrefWidth() * scale()));
    settings
        .textSizeProperty()
        .addListener(
            (property, before, now) ->
                table
                    .getColumns()
                    .forEach(
                        column ->
                            column.setPrefWidth(
                                column.getWidth() * now.intValue() / before.intValue())));
    for (TableColumn<R, ?> column : table.getColumns()) {
      column.widthProperty().subscribe(width -> putColumns(table));
      column.visibleProperty().subscribe(visible -> putColumns(table));
    }
    table.getColumns().subscribe(() -> putColumns(table));
    return this;
  }

  private double scale() {
    return (double) settings.textSizeProperty().get() / Settings.TEXT_SIZE_USUAL;
  }

  private static <R> void restore(TableView<R> table, String kept) {
    List<TableColumn<R, ?>> columns = table.getColumns();
    int place = 0;
    for (String one : kept.split(" ", -1)) {
      String[] parts = one.split("/", -1);
      TableColumn<R, ?> column =
          columns.stream().filter(it -> parts[0].equals(it.getId())).findFirst().orElse(null);
      if (column == null || parts.length != 3 || !parts[1].matches("\\d{1,4}")) {
        continue;
      }
      columns.remove(column);
      columns.add(place++, column);
      column.setPrefWidth(Integer.parseInt(parts[1]));
      column.setVisible(Boolean.parseBoolean(parts[2]));
    }
  }

  private <R> void putColumns(TableView<R> table) {
    put(
        "columns",
        table.getColumns().stream()
            .map(
                it -> it.getId() + "/" + Math.round(it.getWidth() / scale()) + "/" + it.isVisible())
            .collect(Collectors.joining(" ")));
  }

  private void put(String name, String value) {
    if (settings.put(key(name), value)) {
      rest.playFromStart();
    }
  }

  private String key(String name) {
    return screen + "." + name;
  }
}
