package io.countersign.console.ui;

import io.countersign.console.client.ListModel;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import org.jspecify.annotations.Nullable;

/// Where somebody is in a table, by the ids of what they see and have chosen: rows that arrive
/// above neither push it away nor change the choice. Whoever is at the very top stays there, to see
/// what is new.
final class Bookmark<R> {

  private final TableView<R> table;
  private final ListModel<R> list;
  private final List<Object> chosen;
  private final @Nullable Object lead;
  private final @Nullable Object first;
  private final double cutOff;

  private Bookmark(TableView<R> table, ListModel<R> list) {
    this.table = table;
    this.list = list;
    chosen = table.getSelectionModel().getSelectedItems().stream().map(list::idOf).toList();
    R item = table.getSelectionModel().getSelectedItem();
    lead = item == null ? null : list.idOf(item);
    VirtualFlow<?> flow = flow(table);
    IndexedCell<?> top = flow == null ? null : flow.getFirstVisibleCell();
    int index = top == null ? -1 : top.getIndex();
    cutOff = top == null ? 0 : -top.getLayoutY();
    boolean atTheTop = index < 0 || index >= table.getItems().size() || (index == 0 && cutOff < 1);
    first = atTheTop ? null : list.idOf(table.getItems().get(index));
  }

  /// @return finds the place again once rows have been exchanged
  static <R> Runnable in(TableView<R> table, ListModel<R> list) {
    return new Bookmark<>(table, list)::find;
  }

  private void find() {
    table.getSelectionModel().clearSelection();
    chosen.stream().filter(id -> !id.equals(lead)).forEach(this::select);
    if (lead != null) {
      select(lead);
    }
    VirtualFlow<?> flow = flow(table);
    int index = first == null ? -1 : indexOf(first);
    if (flow != null && index >= 0) {
      // The flow learns of the new rows only now.
      table.layout();
      flow.scrollToTop(index);
      flow.scrollPixels(cutOff);
    }
  }

  private void select(Object id) {
    int index = indexOf(id);
    if (index >= 0) {
      table.getSelectionModel().select(index);
    }
  }

  private int indexOf(Object id) {
    List<R> rows = table.getItems();
    for (int index = 0; index < rows.size(); index++) {
      if (Objects.equals(list.idOf(rows.get(index)), id)) {
        return index;
      }
    }
    return -1;
  }

  private static @Nullable VirtualFlow<?> flow(TableView<?> table) {
    return (VirtualFlow<?>) table.lookup(".virtual-flow");
  }
}
