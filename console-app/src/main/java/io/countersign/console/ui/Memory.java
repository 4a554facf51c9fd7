package io.countersign.console.ui;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
/// their order, width and visibility; and named views of filters and order. What can no longer be
/// understood is left at its default.
public final class Memory {

  // A column is dragged through many widths; only where it comes to rest is written.
  private static final Duration REST = Duration.millis(400);

  private final Settings settings;
  private final String screen;
  private final PauseTransition rest = new PauseTransition(REST);
  private final Map<String, Consumer<String>> setters = new LinkedHashMap<>();

  public Memory(Settings settings, String screen) {
    this.settings = settings;
    this.screen = screen;
    rest.setOnFinished(event -> settings.write());
  }

  public Memory text(String name, StringProperty value) {
    recall(name, value::set);
    value.subscribe(now -> put(name, now == null ? "" : now));
    return this;
  }

  public Memory flag(String name, BooleanProperty value) {
    recall(name, kept -> value.set(Boolean.parseBoolean(kept)));
    value.subscribe(now -> put(name, String.valueOf(now)));
    return this;
  }

  public <E extends Enum<E>> Memory always(String name, Class<E> type, Property<E> value) {
    recall(name, kept -> constant(type, kept).ifPresent(value::setValue));
    value.subscribe(now -> put(name, now.name()));
    return this;
  }

  /// @param value may be null, for none of them
  public <E extends Enum<E>> Memory choice(
      String name, Class<E> type, Property<@Nullable E> value) {
    recall(
        name,
        kept -> {
          if (kept.isEmpty()) {
            value.setValue(null);
          }
          constant(type, kept).ifPresent(value::setValue);
        });
    value.subscribe(now -> put(name, now == null ? "" : now.name()));
    return this;
  }

  private static <E extends Enum<E>> Optional<E> constant(Class<E> type, String name) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(name))
        .findFirst();
  }

  public Memory day(String name, Property<@Nullable LocalDate> value) {
    recall(
        name,
        kept -> {
          try {
            value.setValue(kept.isEmpty() ? null : LocalDate.parse(kept));
          } catch (DateTimeParseException spoilt) {
            value.setValue(null);
          }
        });
    value.subscribe(now -> put(name, now == null ? "" : now.toString()));
    return this;
  }

  private void recall(String name, Consumer<String> set) {
    setters.put(name, set);
    String kept = settings.get(key(name));
    if (kept != null) {
      set.accept(kept);
    }
  }

  /// The filters and the order of now, under a name; what had that name before is given up.
  public void keepView(String view) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String name : setters.keySet()) {
      String kept = settings.get(key(name));
      if (kept != null) {
        values.put(name, kept);
      }
    }
    Map<String, Map<String, String>> all = views();
    all.put(view, values);
    write(all);
  }

  /// Sets filters and order as they were when it was kept.
  public void openView(String view) {
    views()
        .getOrDefault(view, Map.of())
        .forEach((name, kept) -> setters.getOrDefault(name, ignored -> {}).accept(kept));
  }

  public void dropView(String view) {
    Map<String, Map<String, String>> all = views();
    all.remove(view);
    write(all);
  }

  public List<String> viewNames() {
    return List.copyOf(views().keySet());
  }

  private Map<String, Map<String, String>> views() {
    Map<String, Map<String, String>> views = new LinkedHashMap<>();
    String kept = settings.get(key("views"));
    if (kept == null) {
      return views;
    }
    for (String view : kept.split(" ", -1)) {
      String[] parts = view.split("&", -1);
      Map<String, String> values = new LinkedHashMap<>();
      for (int index = 1; index < parts.length; index++) {
        String[] pair = parts[index].split("=", 2);
        if (pair.length == 2) {
          values.put(pair[0], decoded(pair[1]));
        }
      }
      if (!parts[0].isEmpty()) {
        views.put(decoded(parts[0]), values);
      }
    }
    return views;
  }

  private void write(Map<String, Map<String, String>> views) {
    put(
        "views",
        views.entrySet().stream()
            .map(
                view ->
                    encoded(view.getKey())
                        + view.getValue().entrySet().stream()
                            .map(value -> "&" + value.getKey() + "=" + encoded(value.getValue()))
                            .collect(Collectors.joining()))
            .collect(Collectors.joining(" ")));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException spoilt) {
      return text;
    }
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
