package io.countersign.console.adjustments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.model.CurrencyCode;
import io.countersign.model.Money;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.EntryRequest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// An adjustment that is being written. It knows at every moment by how much it does not balance.
public final class AdjustmentDraft {

  private final Amounts amounts;
  private final StringProperty reason = new SimpleStringProperty("");
  private final StringProperty description = new SimpleStringProperty("");
  private final ObjectProperty<@Nullable LocalDate> effectiveOn = new SimpleObjectProperty<>();
  private final ObservableList<DraftLine> lines =
      FXCollections.observableArrayList(DraftLine::everything);

  public AdjustmentDraft(Amounts amounts) {
    this.amounts = amounts;
    clear();
  }

  public StringProperty reasonProperty() {
    return reason;
  }

  public StringProperty descriptionProperty() {
    return description;
  }

  /// Null for today.
  public ObjectProperty<@Nullable LocalDate> effectiveOnProperty() {
    return effectiveOn;
  }

  /// Also tells when something within a line changes.
  public ObservableList<DraftLine> lines() {
    return lines;
  }

  public void clear() {
    reason.set("");
    description.set("");
    effectiveOn.set(null);
    lines.setAll(new DraftLine(Direction.DEBIT, "EUR"), new DraftLine(Direction.CREDIT, "EUR"));
  }

  /// A further line, on the side that lacks something, with what it lacks.
  public void addLine() {
    Map<CurrencyCode, Money> open = differences();
    if (open.isEmpty()) {
      lines.add(new DraftLine(Direction.DEBIT, lines.isEmpty() ? "EUR" : lastCurrency()));
      return;
    }
    Money difference = open.values().iterator().next();
    DraftLine line =
        new DraftLine(
            difference.isPositive() ? Direction.CREDIT : Direction.DEBIT,
            difference.currency().toString());
    line.amountProperty()
        .set(amounts.number(difference.isPositive() ? difference : difference.negated()));
    lines.add(line);
  }

  private String lastCurrency() {
    return lines.getLast().currencyProperty().get();
  }

  public void removeLine(DraftLine line) {
    lines.remove(line);
  }

  /// Debits less credits, per currency in which they are not equal.
  Map<CurrencyCode, Money> differences() {
    Map<CurrencyCode, Money> sums = new TreeMap<>();
    for (DraftLine line : lines) {
      if (line.read(amounts) instanceof Amounts.Reading.Understood(var money)) {
        boolean debit = line.directionProperty().get() == Direction.DEBIT;
        sums.merge(money.currency(), debit ? money : money.negated(), Money::plus);
      }
    }
    sums.values().removeIf(sum -> sum.minorUnits() == 0);
    return sums;
  }

  boolean reads(DraftLine line) {
    return line.read(amounts) instanceof Amounts.Reading.Understood;
  }

  /// Why the amount of a line cannot be read; empty when it can.
  String problemOf(DraftLine line) {
    return line.read(amounts) instanceof Amounts.Reading.Refused(var why) ? why : "";
  }

  public boolean isBalanced() {
    return differences().isEmpty() && lines.stream().allMatch(this::reads);
  }

  /// What is missing, on which side: what one reads while typing.
  public String balance() {
    Map<CurrencyCode, Money> open = differences();
    if (open.isEmpty()) {
      return isBalanced() ? "Balanced: " + total() : "Nothing to balance yet";
    }
    return open.values().stream().map(this::missing).collect(Collectors.joining(", "));
  }

  private String missing(Money difference) {
    return difference.isPositive()
        ? "Credit lacks " + amounts.text(difference)
        : "Debit lacks " + amounts.text(difference.negated());
  }

  /// What is debited, and so credited too.
  public String total() {
    Map<CurrencyCode, Money> debits = new TreeMap<>();
    for (DraftLine line : lines) {
      if (line.directionProperty().get() == Direction.DEBIT
          && line.read(amounts) instanceof Amounts.Reading.Understood(var money)) {
        debits.merge(money.currency(), money, Money::plus);
      }
    }
    return debits.values().stream().map(amounts::text).collect(Collectors.joining(" + "));
  }

  /// Whether it can be proposed as it is written.
  public Verdict verdict() {
    if (description.get().isBlank()) {
      return Verdict.no("Describe what is posted.");
    }
    if (reason.get().isBlank()) {
      return Verdict.no("Say why it is needed.");
    }
    for (int number = 1; number <= lines.size(); number++) {
      DraftLine line = lines.get(number - 1);
      if (line.accountProperty().get().isBlank()) {
        return Verdict.no("Line " + number + " has no account.");
      }
      if (line.read(amounts) instanceof Amounts.Reading.Refused(var why)) {
        return Verdict.no("Line " + number + ": " + why);
      }
    }
    if (lines.size() < 2) {
      return Verdict.no("An adjustment has at least two lines.");
    }
    return isBalanced() ? Verdict.YES : Verdict.no(balance() + ".");
  }

  /// @throws IllegalStateException when [#verdict] says no
  AdjustmentRequest request() {
    List<EntryRequest> entries = new ArrayList<>();
    for (DraftLine line : lines) {
      if (!(line.read(amounts) instanceof Amounts.Reading.Understood(var money))) {
        throw new IllegalStateException(verdict().whyNot());
      }
      entries.add(
          new EntryRequest(
              line.accountProperty().get().strip(), line.directionProperty().get(), money));
    }
    return new AdjustmentRequest(
        reason.get().strip(), description.get().strip(), effectiveOn.get(), entries, null);
  }
}
