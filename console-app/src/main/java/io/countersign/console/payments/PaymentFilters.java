package io.countersign.console.payments;

import io.countersign.client.Query;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.MinimumAge;
import io.countersign.console.ui.Words;
import io.countersign.model.CurrencyCode;
import io.countersign.model.payments.PaymentState;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// Which payments are asked for, and in which order.
public final class PaymentFilters {

  /// A filter in force, with what takes it away.
  record InForce(String words, Runnable remove) {}

  private final ObjectProperty<@Nullable PaymentState> state =
      new SimpleObjectProperty<>(PaymentState.PENDING_CONFIRMATION);
  private final StringProperty reference = new SimpleStringProperty("");
  private final BooleanProperty mine = new SimpleBooleanProperty();
  private final ObjectProperty<PaymentOrder> order = new SimpleObjectProperty<>(PaymentOrder.AGE);
  private final StringProperty provider = new SimpleStringProperty("");
  private final StringProperty providerReference = new SimpleStringProperty("");
  private final StringProperty owner = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable MinimumAge> age = new SimpleObjectProperty<>();
  private final StringProperty minAmount = new SimpleStringProperty("");
  private final StringProperty currency = new SimpleStringProperty("EUR");

  public ObjectProperty<@Nullable PaymentState> state() {
    return state;
  }

  public StringProperty reference() {
    return reference;
  }

  /// Whether only what this person looks after is listed.
  public BooleanProperty mine() {
    return mine;
  }

  public ObjectProperty<PaymentOrder> order() {
    return order;
  }

  public StringProperty provider() {
    return provider;
  }

  public StringProperty providerReference() {
    return providerReference;
  }

  /// Who looks after it; without effect while only one's own are listed.
  public StringProperty owner() {
    return owner;
  }

  public ObjectProperty<@Nullable MinimumAge> age() {
    return age;
  }

  /// As people write amounts, in [#currency].
  public StringProperty minAmount() {
    return minAmount;
  }

  public StringProperty currency() {
    return currency;
  }

  /// Why the filters cannot be asked for as they are written; empty when they can.
  String problem(Amounts amounts) {
    if (minAmount.get().isBlank()) {
      return "";
    }
    try {
      return switch (amounts.read(minAmount.get(), CurrencyCode.of(currency.get().strip()))) {
        case Amounts.Reading.Understood understood -> "";
        case Amounts.Reading.Refused(var why) -> why;
      };
    } catch (IllegalArgumentException unknown) {
      return "'" + currency.get() + "' is not a currency.";
    }
  }

  /// Call only when there is no [#problem].
  Query query(Workplace workplace, Amounts amounts) {
    return Query.ALL
        .with("state", state.get())
        .with("reference", reference.get().strip())
        .with("provider", provider.get().strip())
        .with("providerReference", providerReference.get().strip())
        .with("olderThan", age.get())
        .with("minAmount", minorUnits(amounts))
        .with("owner", mine.get() ? workplace.profile().username() : owner.get().strip())
        .with("sort", order.get());
  }

  private @Nullable Long minorUnits(Amounts amounts) {
    return minAmount.get().isBlank()
        ? null
        : amounts.read(minAmount.get(), CurrencyCode.of(currency.get().strip()))
                instanceof Amounts.Reading.Understood(var money)
            ? money.minorUnits()
            : null;
  }

  List<InForce> inForce() {
    List<InForce> filters = new ArrayList<>();
    PaymentState wanted = state.get();
    if (wanted != null) {
      filters.add(new InForce("State: " + Words.of(wanted), () -> state.set(null)));
    }
    typed(filters, "Reference: ", reference);
    typed(filters, "Provider: ", provider);
    typed(filters, "Provider's reference: ", providerReference);
    MinimumAge atLeast = age.get();
    if (atLeast != null) {
      filters.add(new InForce(atLeast.words(), () -> age.set(null)));
    }
    if (!minAmount.get().isBlank()) {
      filters.add(
          new InForce(
              "At least " + minAmount.get().strip() + " " + currency.get().strip(),
              () -> minAmount.set("")));
    }
    if (mine.get()) {
      filters.add(new InForce("Mine", () -> mine.set(false)));
    } else {
      typed(filters, "Owner: ", owner);
    }
    return filters;
  }

  private static void typed(List<InForce> filters, String name, StringProperty value) {
    if (!value.get().isBlank()) {
      filters.add(new InForce(name + value.get().strip(), () -> value.set("")));
    }
  }
}
