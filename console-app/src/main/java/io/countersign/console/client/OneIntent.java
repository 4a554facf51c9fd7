package io.countersign.console.client;

import io.countersign.client.Intent;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps one idempotency key for one thing that somebody wants done, until its outcome is known:
/// who presses the button again after silence repeats the intent and makes no second one.
public final class OneIntent {

  private final Supplier<Intent> fresh;
  private @Nullable Object wanted;
  private @Nullable Intent intent;

  public OneIntent(Supplier<Intent> fresh) {
    this.fresh = fresh;
  }

  /// @param what the action and everything it says; another one is another intent
  public Intent toDo(Object what) {
    Intent kept = intent;
    if (kept == null || !what.equals(wanted)) {
      kept = fresh.get();
      intent = kept;
      wanted = what;
    }
    return kept;
  }

  /// The outcome is known: the same wish again would be a new one.
  public void settled() {
    intent = null;
    wanted = null;
  }
}
