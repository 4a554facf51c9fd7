package io.countersign.console.client;

import io.countersign.client.Intent;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.value.ObservableValue;
import org.jspecify.annotations.Nullable;

/// Something that changes the books, sent once: while it runs it cannot be started again, and after
/// silence the same wish goes out under the same key.
public final class Action {

  private final TaskRunner tasks;
  private final Connection connection;
  private final OneIntent intent;
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyObjectWrapper<@Nullable Failure> failure = new ReadOnlyObjectWrapper<>();

  public Action(Workplace workplace) {
    this.tasks = workplace.tasks();
    this.connection = workplace.connection();
    this.intent = workplace.oneIntent();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /// The verdict as long as there is a connection and nothing is being done already.
  public ObservableValue<Verdict> guarded(ObservableValue<Verdict> verdict) {
    return Bindings.createObjectBinding(
        () -> {
          if (connection.isLost()) {
            return Verdict.OFFLINE;
          }
          return busy.get() ? Verdict.BUSY : verdict.getValue();
        },
        busy,
        connection.lostProperty(),
        verdict);
  }

  public ObservableValue<Verdict> guarded(Verdict verdict) {
    return guarded(new ReadOnlyObjectWrapper<>(verdict));
  }

  /// Why the last try came to nothing.
  public ReadOnlyObjectProperty<@Nullable Failure> failureProperty() {
    return failure.getReadOnlyProperty();
  }

  public void clearFailure() {
    failure.set(null);
  }

  /// @param wish the action with everything it says: what makes two presses the same wish
  public <T> void send(String label, Object wish, Function<Intent, T> call, Consumer<T> done) {
    if (busy.get()) {
      return;
    }
    busy.set(true);
    failure.set(null);
    Intent kept = intent.toDo(wish);
    tasks.run(
        label,
        () -> call.apply(kept),
        answer -> {
          intent.settled();
          busy.set(false);
          done.accept(answer);
        },
        why -> {
          if (why.settled()) {
            intent.settled();
          }
          busy.set(false);
          failure.set(why);
        });
  }
}
