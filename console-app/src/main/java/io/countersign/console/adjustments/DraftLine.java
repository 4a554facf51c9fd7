package io.countersign.console.adjustments;

import io.countersign.console.ui.Amounts;
import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import io.countersign.model.journal.Direction;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// One line of an adjustment as it is typed.
public final class DraftLine {

  private final StringProperty account = new SimpleStringProperty("");
  private final ObjectProperty<Direction> direction;
  private final StringProperty amount = new SimpleStringProperty("");
  private final StringProperty currency;

  DraftLine(Direction direction, String currency) {
    this.direction = new SimpleObjectProperty<>(direction);
    this.currency = new SimpleStringProperty(currency);
  }

  public StringProperty accountProperty() {
    return account;
  }

  public ObjectProperty<Direction> directionProperty() {
    return direction;
  }

  public StringProperty amountProperty() {
    return amount;
  }

  public StringProperty currencyProperty() {
    return currency;
  }

  Observable[] everything() {
    return new Observable[] {account, direction, amount, currency};
  }

  Amounts.Reading read(Amounts amounts) {
    try {
      return amounts.read(amount.get(), CurrencyCode.of(currency.get().strip()));
    } catch (InvalidMoney unknown) {
      return new Amounts.Reading.Refused("'" + currency.get() + "' is not a currency.");
    }
  }
}
