package io.countersign.console.ui;

import java.util.List;
import java.util.Objects;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import org.jspecify.annotations.Nullable;

/// The orders in which the server can list something, on the headers of a table: a click on a
/// header asks for its order, and an arrow shows the one in force. The table itself sorts nothing.
public final class Sorting<R, S extends Enum<S>> {

  /// @param order what the server is asked for when `column` is sorted so
  public record On<R, S>(TableColumn<R, ?> column, SortType type, S order) {}

  private final TableView<R> table;
  private final ObjectProperty<S> order;
  private final List<On<R, S>> orders;
  private @Nullable TableColumn<R, ?> shown;
  private boolean showing;

  private Sorting(TableView<R> table, ObjectProperty<S> order, List<On<R, S>> orders) {
    this.table = table;
    this.order = order;
    this.orders = orders;
  }

  /// @param orders the usual one first
  public static <R, S extends Enum<S>> void bind(
      TableView<R> table, ObjectProperty<S> order, List<On<R, S>> orders) {
    Sorting<R, S> sorting = new Sorting<>(table, order, orders);
    orders.forEach(on -> on.column().setSortable(true));
    table.setSortPolicy(ignored -> true);
    table.setOnSort(event -> sorting.clicked());
    order.subscribe(now -> sorting.show());
  }

  private void clicked() {
    if (showing) {
      return;
    }
    order.set(wanted());
    // Not before the click has run its course: it is still changing what the arrows say.
    Platform.runLater(this::show);
  }

  /// What the arrows ask for. A click that takes the arrow away asks for the column's other
  /// direction, or gives the column up when it has none.
  private S wanted() {
    boolean gone = table.getSortOrder().isEmpty();
    TableColumn<R, ?> column = gone ? shown : table.getSortOrder().getLast();
    SortType type = gone || column == null ? null : column.getSortType();
    List<On<R, S>> ofColumn = orders.stream().filter(on -> on.column().equals(column)).toList();
    return ofColumn.stream()
        .filter(on -> on.type() == type)
        .findFirst()
        .or(() -> ofColumn.stream().filter(on -> !on.order().equals(order.get())).findFirst())
        .orElse(orders.getFirst())
        .order();
  }

  private void show() {
    showing = true;
    try {
      orders.stream()
          .filter(on -> Objects.equals(on.order(), order.get()))
          .findFirst()
          .ifPresent(
              on -> {
                shown = on.column();
                on.column().setSortType(on.type());
                table.getSortOrder().setAll(List.of(on.column()));
              });
    } finally {
      showing = false;
    }
  }
}
