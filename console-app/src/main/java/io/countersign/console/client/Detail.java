package io.countersign.console.client;

import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/// The one thing that is looked at closely: loading, there, or failed with a way to try again.
public final class Detail<T> {

  private final String label;
  private final Latest latest;
  private final ReadOnlyObjectWrapper<@Nullable T> value = new ReadOnlyObjectWrapper<>();
  private final ReadOnlyObjectWrapper<@Nullable Failure> failure = new ReadOnlyObjectWrapper<>();
  private @Nullable Object subject;
  private @Nullable Supplier<T> question;

  public Detail(String label, TaskRunner tasks) {
    this.label = label;
    this.latest = new Latest(tasks);
  }

  public ReadOnlyObjectProperty<@Nullable T> valueProperty() {
    return value.getReadOnlyProperty();
  }

  public ReadOnlyObjectProperty<@Nullable Failure> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  public @Nullable T value() {
    return value.get();
  }

  /// Whether something was asked for that has neither come nor failed.
  public boolean isLoading() {
    return question != null && value.get() == null && failure.get() == null;
  }

  /// Asks about a subject. What was shown of another one goes away at once; of the same one it
  /// stays until the answer is there.
  ///
  /// @param about the id of what is looked at
  public void ask(Object about, Supplier<T> work) {
    question = work;
    if (!about.equals(subject)) {
      subject = about;
      value.set(null);
    }
    again();
  }

  /// Asks the same once more; what is shown stays until the answer is there.
  public void again() {
    Supplier<T> work = question;
    if (work == null) {
      return;
    }
    failure.set(null);
    latest.ask(
        label,
        work,
        answer -> {
          failure.set(null);
          value.set(answer);
        },
        failure::set);
  }

  public void clear() {
    latest.forget();
    question = null;
    subject = null;
    value.set(null);
    failure.set(null);
  }
}
