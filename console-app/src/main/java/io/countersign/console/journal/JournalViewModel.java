package io.countersign.console.journal;

import io.countersign.client.Effect;
import io.countersign.client.Query;
import io.countersign.console.client.Action;
import io.countersign.console.client.Detail;
import io.countersign.console.client.Fact;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.Verdict;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Words;
import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import io.countersign.model.Page;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.TransactionId;
import io.countersign.model.identity.Role;
import io.countersign.model.journal.ReversalRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The journal's filters, its list, and the transaction one looks at.
public final class JournalViewModel {

  /// A filter in force.
  public record Chip(String text, Runnable remove) {}

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final StringProperty text = new SimpleStringProperty("");
  private final StringProperty account = new SimpleStringProperty("");
  private final StringProperty reference = new SimpleStringProperty("");
  private final StringProperty minAmount = new SimpleStringProperty("");
  private final StringProperty maxAmount = new SimpleStringProperty("");
  private final StringProperty currency = new SimpleStringProperty("EUR");
  private final ObjectProperty<@Nullable TransactionKind> kind = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable LocalDate> from = new SimpleObjectProperty<>();
  private final ObjectProperty<@Nullable LocalDate> to = new SimpleObjectProperty<>();
  private final ObjectProperty<JournalOrder> order =
      new SimpleObjectProperty<>(JournalOrder.NEWEST);
  private final ReadOnlyStringWrapper filterProblem = new ReadOnlyStringWrapper("");
  private final ListModel<TransactionRow> list;
  private final Detail<Transaction> detail;
  private final Action reversal;
  private Query query = Query.ALL;

  public JournalViewModel(Workplace workplace, Amounts amounts, Days days) {
    this.workplace = workplace;
    this.amounts = amounts;
    this.days = days;
    this.list =
        new ListModel<>(
            "Loading the journal", workplace.tasks(), this::page, row -> row.transaction().id());
    this.detail = new Detail<>("Loading a transaction", workplace.tasks());
    this.reversal = new Action(workplace);
    this.list.selectedProperty().subscribe(this::look);
  }

  public StringProperty textProperty() {
    return text;
  }

  public StringProperty accountProperty() {
    return account;
  }

  public StringProperty referenceProperty() {
    return reference;
  }

  public StringProperty minAmountProperty() {
    return minAmount;
  }

  public StringProperty maxAmountProperty() {
    return maxAmount;
  }

  public StringProperty currencyProperty() {
    return currency;
  }

  public ObjectProperty<@Nullable TransactionKind> kindProperty() {
    return kind;
  }

  public ObjectProperty<@Nullable LocalDate> fromProperty() {
    return from;
  }

  public ObjectProperty<@Nullable LocalDate> toProperty() {
    return to;
  }

  public ObjectProperty<JournalOrder> orderProperty() {
    return order;
  }

  /// Why the filters cannot be understood; empty when they can.
  public ReadOnlyStringProperty filterProblemProperty() {
    return filterProblem.getReadOnlyProperty();
  }

  ListModel<TransactionRow> list() {
    return list;
  }

  public Detail<Transaction> detail() {
    return detail;
  }

  public Action reversal() {
    return reversal;
  }

  /// Reads the list anew with the filters as they are now; keeps it when they cannot be understood.
  public void apply() {
    filterProblem.set("");
    Query asked = asked();
    if (filterProblem.get().isEmpty()) {
      query = asked;
      list.reload();
    }
  }

  private Query asked() {
    String low = minorUnits(minAmount.get());
    String high = minorUnits(maxAmount.get());
    boolean byAmount = !low.isEmpty() || !high.isEmpty();
    return Query.ALL
        .with("text", text.get().strip())
        .with("account", account.get().strip())
        .with("reference", reference.get().strip())
        .with("kind", kind.get())
        .with("from", from.get())
        .with("to", to.get())
        .with("minAmount", low)
        .with("maxAmount", high)
        .with("currency", byAmount ? currency.get().strip() : null)
        .with("order", order.get());
  }

  private String minorUnits(String typed) {
    if (typed.isBlank()) {
      return "";
    }
    try {
      return switch (amounts.read(typed, CurrencyCode.of(currency.get().strip()))) {
        case Amounts.Reading.Understood(var money) -> String.valueOf(money.minorUnits());
        case Amounts.Reading.Refused(var why) -> refuse(why);
      };
    } catch (InvalidMoney unknown) {
      return refuse("'" + currency.get() + "' is not a currency.");
    }
  }

  private String refuse(String why) {
    filterProblem.set(why);
    return "";
  }

  private Page<TransactionRow> page(int limit, @Nullable String after) {
    Page<Transaction> page = workplace.books().journal().list(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(one -> TransactionRow.of(one, amounts, days)).toList(),
        page.next(),
        page.total());
  }

  /// The list begins at that day, or ends with it when the oldest come first; what lies on the
  /// other side is a filter away.
  public void goTo(LocalDate day) {
    boolean newestFirst = order.get() == JournalOrder.NEWEST;
    from.set(newestFirst ? null : day);
    to.set(newestFirst ? day : null);
  }

  /// The filters in force beyond the usual, each with what takes it away.
  public List<Chip> chips() {
    List<Chip> chips = new ArrayList<>();
    typed(chips, "Text", text);
    typed(chips, "Account", account);
    typed(chips, "Reference", reference);
    typed(chips, "At least", minAmount);
    typed(chips, "At most", maxAmount);
    if (kind.get() != null) {
      chips.add(chip("Kind: " + Words.of(kind.get()), () -> kind.set(null)));
    }
    if (from.get() != null) {
      chips.add(chip("Accounting day from " + days.day(from.get()), () -> from.set(null)));
    }
    if (to.get() != null) {
      chips.add(chip("Accounting day to " + days.day(to.get()), () -> to.set(null)));
    }
    return chips;
  }

  private void typed(List<Chip> chips, String name, StringProperty value) {
    if (!value.get().isBlank()) {
      chips.add(chip(name + ": " + value.get().strip(), () -> value.set("")));
    }
  }

  private Chip chip(String words, Runnable clear) {
    return new Chip(
        words,
        () -> {
          clear.run();
          apply();
        });
  }

  private void look(@Nullable TransactionRow row) {
    if (row != null) {
      open(row.transaction().id());
    } else {
      detail.clear();
    }
  }

  /// Asks the server, so that `reversedBy` is as of now.
  public void open(TransactionId id) {
    detail.ask(id, () -> workplace.books().journal().get(id));
  }

  /// Whether the transaction may be proposed for reversal by this person.
  public Verdict mayReverse(@Nullable Transaction transaction) {
    if (transaction == null) {
      return Verdict.no("Choose a transaction.");
    }
    if (!workplace.has(Role.OPERATOR)) {
      return Verdict.no("Reversals are proposed by operators.");
    }
    if (transaction.reversedBy() != null) {
      return Verdict.no("It has been reversed already.");
    }
    return switch (transaction.kind()) {
      case HOLD, CAPTURE, RELEASE, EXPIRY ->
          Verdict.no("A hold ends by capture, release or expiry, never by reversal.");
      default -> Verdict.YES;
    };
  }

  /// @param done is given the proposal
  public void reverse(Transaction transaction, String reason, Consumer<ApprovalId> done) {
    ReversalRequest request = new ReversalRequest(reason.strip(), null);
    reversal.send(
        "Proposing a reversal",
        List.of(transaction.id(), request),
        intent -> workplace.books().journal().reverse(transaction.id(), request, intent),
        effect -> {
          workplace.facts().publish(Fact.APPROVALS_CHANGED);
          detail.again();
          if (effect instanceof Effect.AwaitsApproval<Transaction>(var approval)) {
            done.accept(approval);
          }
        });
  }
}
