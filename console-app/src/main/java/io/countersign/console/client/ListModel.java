package io.countersign.console.client;

import io.countersign.model.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// A list that the server pages, filters and counts. Pages are fetched as the reader comes near the
/// end; a refresh reads everything that is shown anew and keeps the selection by id.
public final class ListModel<T> {

  public static final int PAGE = 100;
  private static final int NEAR_THE_END = 30;
  private static final int PAGE_MAX = 1_000;

  /// One page as the filters of now ask for it.
  @FunctionalInterface
  public interface Source<T> {
    Page<T> read(int limit, @Nullable String after);
  }

  private final String label;
  private final Source<T> source;
  private final Function<T, Object> id;
  private final Latest latest;
  private final ObservableList<T> rows = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<ListPhase> phase =
      new ReadOnlyObjectWrapper<>(ListPhase.LOADING);
  private final ReadOnlyObjectWrapper<@Nullable Failure> failure = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Long> total = new ReadOnlyObjectWrapper<>();
  private final ObjectProperty<@Nullable T> selected = new SimpleObjectProperty<>();
  private @Nullable String next;
  private Supplier<Runnable> bookmark = () -> () -> {};
  private boolean asked;
  private boolean fetching;
  private boolean replacing;
  private boolean goingOn;

  public ListModel(String label, TaskRunner tasks, Source<T> source, Function<T, Object> id) {
    this.label = label;
    this.source = source;
    this.id = id;
    this.latest = new Latest(tasks);
  }

  public ObservableList<T> rows() {
    return rows;
  }

  public ReadOnlyObjectProperty<ListPhase> phaseProperty() {
    return phase.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<@Nullable Failure> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  /// How many there are in all; null when the server does not say.
  public ReadOnlyObjectProperty<@Nullable Long> totalProperty() {
    return total.getReadOnlyProperty();
  }

  public ObjectProperty<@Nullable T> selectedProperty() {
    return selected;
  }

  /// @param place is asked where the reader is before rows are exchanged, and answers with what
  ///   finds that place again afterwards
  public void keepPlace(Supplier<Runnable> place) {
    bookmark = place;
  }

  /// What a row is known by, whatever else about it changes.
  public Object idOf(T row) {
    return id.apply(row);
  }

  public @Nullable T selected() {
    return selected.get();
  }

  public boolean hasMore() {
    return next != null;
  }

  /// Asked by the table; ignored while rows are being replaced, so that a refresh keeps the choice.
  public void select(@Nullable T row) {
    if (!replacing) {
      selected.set(row);
    }
  }

  /// The chosen row is done with: when it is gone after the next refresh, whichever has taken its
  /// place is chosen.
  public void goOn() {
    goingOn = true;
  }

  /// The filters have changed: what is shown answers another question.
  public void reload() {
    rows.clear();
    selected.set(null);
    total.set(null);
    refresh();
  }

  /// Ignored until somebody has looked at the list at all.
  public void refreshIfShown() {
    if (asked) {
      refresh();
    }
  }

  public void refresh() {
    asked = true;
    if (rows.isEmpty()) {
      phase.set(ListPhase.LOADING);
    }
    int wanted = Math.max(rows.size(), PAGE);
    fetching = true;
    latest.ask(label, () -> upTo(wanted), this::replace, this::fail);
  }

  /// At least so many rows if there are so many, in as few pages as the server allows.
  private Page<T> upTo(int wanted) {
    Page<T> page = source.read(Math.min(wanted, PAGE_MAX), null);
    if (page.items().size() >= wanted || page.next() == null) {
      return page;
    }
    List<T> all = new ArrayList<>(page.items());
    while (all.size() < wanted && page.next() != null) {
      page = source.read(Math.min(wanted - all.size(), PAGE_MAX), page.next());
      all.addAll(page.items());
    }
    return new Page<>(all, page.next(), page.total());
  }

  /// The table shows the row with this index.
  public void seen(int index) {
    if (index >= rows.size() - NEAR_THE_END && next != null && !fetching) {
      fetching = true;
      String after = next;
      latest.ask(label, () -> source.read(PAGE, after), this::append, this::fail);
    }
  }

  private void replace(Page<T> page) {
    T before = selected.get();
    int index = before == null ? -1 : rows.indexOf(before);
    replacing = true;
    Runnable place = bookmark.get();
    rows.setAll(page.items());
    place.run();
    replacing = false;
    arrived(page);
    if (before != null) {
      selected.set(next(before, index, page.items()));
    }
    goingOn = false;
  }

  private T next(T before, int index, List<T> now) {
    T same = sameAs(before, now);
    boolean gone = now.stream().noneMatch(row -> id.apply(row).equals(id.apply(before)));
    return gone && goingOn && index >= 0 && !now.isEmpty()
        ? now.get(Math.min(index, now.size() - 1))
        : same;
  }

  private T sameAs(T before, List<T> now) {
    Object wanted = id.apply(before);
    return now.stream()
        .filter(row -> Objects.equals(id.apply(row), wanted))
        .findFirst()
        .orElse(before);
  }

  private void append(Page<T> page) {
    replacing = true;
    rows.addAll(page.items());
    replacing = false;
    arrived(page);
  }

  private void arrived(Page<T> page) {
    fetching = false;
    next = page.next();
    total.set(page.total());
    failure.set(null);
    phase.set(rows.isEmpty() ? ListPhase.EMPTY : ListPhase.READY);
  }

  private void fail(Failure why) {
    fetching = false;
    failure.set(why);
    if (rows.isEmpty()) {
      phase.set(ListPhase.FAILED);
    }
  }
}
