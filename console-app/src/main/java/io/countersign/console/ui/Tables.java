package io.countersign.console.ui;

import io.countersign.console.client.Failure;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.ListPhase;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TablePosition;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Pane;
import org.jspecify.annotations.Nullable;

/// Tables over lists that the server pages. Rows arrive formatted; sorting and filtering are the
/// server's, so only headers sort that [Sorting] connects to it.
public final class Tables {

  private static final KeyCombination COPY =
      new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

  private Tables() {}

  public static <R> TableColumn<R, String> text(
      String title, int width, Function<R, String> value) {
    TableColumn<R, String> column = new TableColumn<>(title);
    column.setId("column-" + title.toLowerCase(Locale.ROOT).replace(' ', '-'));
    column.setPrefWidth(width);
    column.setSortable(false);
    column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
    return column;
  }

  /// Right-aligned, in tabular digits.
  public static <R> TableColumn<R, String> amount(
      String title, int width, Function<R, String> value) {
    TableColumn<R, String> column = text(title, width, value);
    column.getStyleClass().add("amount-column");
    return column;
  }

  /// @param faint of rows whose amount moved nothing
  public static <R> TableColumn<R, String> amount(
      String title, int width, Function<R, String> value, Predicate<R> faint) {
    TableColumn<R, String> column = amount(title, width, value);
    column.setCellFactory(
        ignored ->
            new TableCell<>() {
              @Override
              protected void updateItem(@Nullable String text, boolean empty) {
                super.updateItem(text, empty);
                setText(empty ? null : text);
                R row = empty ? null : getTableRow().getItem();
                getStyleClass().remove("pending");
                if (row != null && faint.test(row)) {
                  getStyleClass().add("pending");
                }
              }
            });
    return column;
  }

  public static <R> TableColumn<R, String> badge(
      String title, int width, Function<R, String> text, Function<R, Tone> tone) {
    TableColumn<R, String> column = text(title, width, text);
    column.setCellFactory(
        ignored ->
            new TableCell<>() {
              private final Badge badge = new Badge();

              @Override
              protected void updateItem(@Nullable String state, boolean empty) {
                super.updateItem(state, empty);
                if (state == null || empty || getIndex() >= getTableView().getItems().size()) {
                  setGraphic(null);
                } else {
                  badge.show(state, tone.apply(getTableView().getItems().get(getIndex())));
                  setGraphic(badge);
                }
              }
            });
    return column;
  }

  /// Binds rows, selection, pages, placeholders, keys and menus.
  ///
  /// @param what is listed, in the plural, for the words shown when there is nothing
  /// @param scroll holds the detail; Enter and a double click go there
  /// @param detail whose buttons are in the menus too
  public static <R> void bind(
      TableView<R> table, ListModel<R> list, String what, ScrollPane scroll, Pane detail) {
    Runnable open = scroll::requestFocus;
    list.keepPlace(() -> Bookmark.in(table, list));
    table.setItems(list.rows());
    table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
    table.setTableMenuButtonVisible(true);
    table.setRowFactory(ignored -> new PagedRow<>(list, open));
    table.getSelectionModel().selectedItemProperty().subscribe(list::select);
    list.selectedProperty().subscribe(row -> follow(table, row));
    ListPlaceholder placeholder = new ListPlaceholder(what, list::refresh);
    table.setPlaceholder(placeholder);
    list.phaseProperty().subscribe(phase -> placeholder.show(phase, list.failureProperty().get()));
    list.failureProperty()
        .subscribe(failure -> failedAgain(placeholder, list.phaseProperty().get(), failure));
    keys(table, open);
    MenuItem copyRows = new MenuItem("Copy rows");
    copyRows.setOnAction(event -> copy(rowsAsText(table)));
    MenuItem copyCell = new MenuItem("Copy cell");
    copyCell.setOnAction(event -> copy(cellAsText(table)));
    RowMenu.attach(table, detail, copyRows, copyCell);
    RowMenu.attach(scroll, detail);
  }

  /// Tells which rows are chosen, once a change of the choice has come to rest.
  public static <R> void onChosen(TableView<R> table, Consumer<List<R>> listener) {
    Rest rest =
        new Rest(
            () ->
                listener.accept(
                    table.getSelectionModel().getSelectedItems().stream()
                        .filter(Objects::nonNull)
                        .toList()));
    table.getSelectionModel().getSelectedItems().subscribe(rest::disturb);
  }

  /// Runs something once after any number of disturbances of the same moment.
  private static final class Rest {

    private final Runnable work;
    private boolean awaited;

    Rest(Runnable work) {
      this.work = work;
    }

    void disturb() {
      if (!awaited) {
        awaited = true;
        Platform.runLater(
            () -> {
              awaited = false;
              work.run();
            });
      }
    }
  }

  private static void failedAgain(
      ListPlaceholder placeholder, ListPhase phase, @Nullable Failure failure) {
    if (phase == ListPhase.FAILED) {
      placeholder.show(phase, failure);
    }
  }

  private static <R> void follow(TableView<R> table, @Nullable R row) {
    if (row == null) {
      table.getSelectionModel().clearSelection();
    } else if (!Objects.equals(table.getSelectionModel().getSelectedItem(), row)
        && table.getItems().contains(row)) {
      table.getSelectionModel().clearAndSelect(table.getItems().indexOf(row));
    }
  }

  private static <R> void keys(TableView<R> table, Runnable open) {
    table.addEventHandler(
        KeyEvent.KEY_PRESSED,
        event -> {
          if (COPY.match(event)) {
            copy(rowsAsText(table));
            event.consume();
          } else if (event.getCode() == KeyCode.ENTER) {
            open.run();
            event.consume();
          }
        });
  }

  static <R> String rowsAsText(TableView<R> table) {
    return table.getSelectionModel().getSelectedIndices().stream()
        .sorted()
        .map(
            index ->
                table.getVisibleLeafColumns().stream()
                    .map(column -> cell(column, index))
                    .collect(Collectors.joining("\t")))
        .collect(Collectors.joining("\n"));
  }

  private static <R> String cellAsText(TableView<R> table) {
    TablePosition<?, ?> focused = table.getFocusModel().getFocusedCell();
    return focused.getRow() < 0
        ? ""
        : cell(table.getVisibleLeafColumn(Math.max(0, focused.getColumn())), focused.getRow());
  }

  private static <R> String cell(TableColumn<R, ?> column, int index) {
    Object data = column.getCellData(index);
    return data == null ? "" : data.toString().replaceAll("[\t\n\r]", " ");
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  /// A row that tells the list how far the reader has come.
  private static final class PagedRow<R> extends TableRow<R> {

    private final ListModel<R> list;

    PagedRow(ListModel<R> list, Runnable open) {
      this.list = list;
      setOnMouseClicked(
          event -> {
            if (event.getClickCount() == 2 && !isEmpty()) {
              open.run();
            }
          });
    }

    @Override
    protected void updateItem(@Nullable R row, boolean empty) {
      super.updateItem(row, empty);
      if (!empty) {
        list.seen(getIndex());
      }
    }
  }
}
