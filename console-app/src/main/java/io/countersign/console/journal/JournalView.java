package io.countersign.console.journal;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.ActionForm;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Debounce;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Sorting;
import io.countersign.console.ui.Tables;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.Relation;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import java.time.LocalDate;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.DatePicker;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The list of transactions with its filters, and one of them as debits and credits.
public final class JournalView implements Screen {

  private final JournalViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Overlay overlay;
  private final Links links;
  private final Memory memory;
  private final Parent root;
  private final BooleanProperty asTs = new SimpleBooleanProperty();
  private boolean visited;

  @FXML private Label journalCount;
  @FXML private TextField journalSearch;
  @FXML private ComboBox<@Nullable TransactionKind> journalKind;
  @FXML private DatePicker journalFrom;
  @FXML private DatePicker journalTo;
  @FXML private ToggleButton journalMore;
  @FXML private FlowPane moreFilters;
  @FXML private TextField journalAccount;
  @FXML private TextField journalReference;
  @FXML private TextField journalMinimum;
  @FXML private TextField journalMaximum;
  @FXML private TextField journalCurrency;
  @FXML private ComboBox<JournalOrder> journalOrder;
  @FXML private Label journalFilterProblem;
  @FXML private Chips journalChips;
  @FXML private InlineFailure journalFailure;
  @FXML private TableView<TransactionRow> journalTable;
  @FXML private ScrollPane journalDetailScroll;
  @FXML private VBox journalDetail;

  public JournalView(
      JournalViewModel model,
      Amounts amounts,
      Days days,
      Overlay overlay,
      Links links,
      Memory memory) {
    this.model = model;
    this.memory = memory;
    this.amounts = amounts;
    this.days = days;
    this.overlay = overlay;
    this.links = links;
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    remember();
    filters();
    TableColumn<TransactionRow, String> number =
        Tables.amount("Number", 84, TransactionRow::sequence);
    journalTable
        .getColumns()
        .setAll(
            List.of(
                number,
                Tables.text("Accounting day", 124, TransactionRow::day),
                Tables.badge("Kind", 104, TransactionRow::kind, TransactionRow::tone),
                Tables.text("Description", 150, TransactionRow::description),
                Tables.amount("Amount", 140, TransactionRow::amount, TransactionRow::isHeld),
                Tables.text("Debit", 170, TransactionRow::debit),
                Tables.text("Credit", 170, TransactionRow::credit),
                Tables.text("Reference", 130, TransactionRow::reference),
                Tables.text("Recorded at", 160, TransactionRow::recordedAt)));
    Tables.bind(journalTable, model.list(), "transactions", journalDetailScroll, journalDetail);
    memory.columns(journalTable);
    Sorting.bind(
        journalTable,
        model.orderProperty(),
        List.of(
            new Sorting.On<>(number, TableColumn.SortType.DESCENDING, JournalOrder.NEWEST),
            new Sorting.On<>(number, TableColumn.SortType.ASCENDING, JournalOrder.OLDEST)));
    journalFailure.watch(model.list());
    Sections.count(journalCount, model.list(), amounts);
    model.detail().valueProperty().subscribe(this::show);
    model.detail().failureProperty().subscribe(failure -> show(model.detail().value()));
  }

  private void remember() {
    memory
        .text("text", model.textProperty())
        .text("account", model.accountProperty())
        .text("reference", model.referenceProperty())
        .text("minimum", model.minAmountProperty())
        .text("maximum", model.maxAmountProperty())
        .text("currency", model.currencyProperty())
        .choice("kind", TransactionKind.class, model.kindProperty())
        .day("from", model.fromProperty())
        .day("to", model.toProperty())
        .always("order", JournalOrder.class, model.orderProperty())
        .flag("more", journalMore.selectedProperty())
        .flag("t-accounts", asTs);
  }

  private void filters() {
    journalSearch.textProperty().bindBidirectional(model.textProperty());
    journalAccount.textProperty().bindBidirectional(model.accountProperty());
    journalReference.textProperty().bindBidirectional(model.referenceProperty());
    journalMinimum.textProperty().bindBidirectional(model.minAmountProperty());
    journalMaximum.textProperty().bindBidirectional(model.maxAmountProperty());
    journalCurrency.textProperty().bindBidirectional(model.currencyProperty());
    Choices.fillAlways(
        journalOrder,
        JournalOrder.class,
        model.orderProperty(),
        order -> order == JournalOrder.NEWEST ? "Newest first" : "Oldest first");
    journalFrom.valueProperty().bindBidirectional(model.fromProperty());
    journalTo.valueProperty().bindBidirectional(model.toProperty());
    Choices.fill(journalKind, TransactionKind.class, "All kinds", model.kindProperty());
    moreFilters.visibleProperty().bind(journalMore.selectedProperty());
    moreFilters.managedProperty().bind(moreFilters.visibleProperty());
    journalFilterProblem.textProperty().bind(model.filterProblemProperty());
    journalFilterProblem.visibleProperty().bind(model.filterProblemProperty().isNotEmpty());
    journalFilterProblem.managedProperty().bind(journalFilterProblem.visibleProperty());
    for (TextField typed :
        List.of(
            journalSearch,
            journalAccount,
            journalReference,
            journalMinimum,
            journalMaximum,
            journalCurrency)) {
      Debounce.typing(typed, this::apply);
    }
    model.kindProperty().addListener((property, before, now) -> apply());
    model.fromProperty().addListener((property, before, now) -> apply());
    model.toProperty().addListener((property, before, now) -> apply());
    model.orderProperty().addListener((property, before, now) -> apply());
  }

  private void apply() {
    model.apply();
    journalChips.clear();
    model.chips().forEach(chip -> journalChips.add(chip.text(), chip.remove()));
  }

  private void show(@Nullable Transaction transaction) {
    journalDetail.getChildren().clear();
    if (transaction == null) {
      journalDetailScroll.setVvalue(0);
      journalDetail
          .getChildren()
          .add(
              Sections.nothing(
                  model.detail(), "Choose a transaction to see its debits and credits."));
      return;
    }
    Badge kind = new Badge(Words.of(transaction.kind()), Tone.of(transaction.kind()));
    Node head =
        Sections.head("Transaction " + transaction.sequence(), kind, transaction.description());
    journalDetail
        .getChildren()
        .addAll(
            head,
            new EntriesPane(transaction, amounts, asTs),
            facts(transaction),
            actions(transaction));
  }

  private FactsGrid facts(Transaction transaction) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Accounting day", days.day(transaction.effectiveOn()))
        .add("Recorded at", days.instant(transaction.recordedAt()))
        .add("Recorded by", transaction.recordedBy())
        .add("Reference", transaction.reference())
        .add("Proposed by", transaction.proposedBy())
        .add("Decided by", transaction.decidedBy())
        .link("Reverses", text(transaction.reverses()), links)
        .link("Reversed by", text(transaction.reversedBy()), links);
    Relation relation = transaction.relatesTo();
    if (relation != null) {
      String name =
          "Belongs to " + Words.sentence(relation.type()).toLowerCase(java.util.Locale.ROOT);
      if (links.lead(relation.id())) {
        facts.link(name, relation.id(), links);
      } else {
        facts.id(name, relation.id());
      }
    }
    return facts.id("Id", transaction.id().toString());
  }

  private static @Nullable String text(@Nullable TransactionId id) {
    return id == null ? null : id.toString();
  }

  private Node actions(Transaction transaction) {
    Button reverse =
        Sections.action("journalReverse", "Propose reversal…", () -> askForReversal(transaction));
    return Sections.actions(
        new Gate(reverse, model.reversal().guarded(model.mayReverse(transaction))));
  }

  private void askForReversal(Transaction transaction) {
    TextArea reason = ActionForm.reasonArea("reversalReason");
    ActionForm form =
        new ActionForm(
            "reversalForm",
            "Reverse transaction " + transaction.sequence(),
            "Somebody else decides. When approved, the same entries are posted the other way"
                + " round.",
            overlay);
    form.field("Reason", reason);
    form.confirmedBy(
        new ReadOnlyStringWrapper(
            "Propose reversal of " + TransactionRow.amount(transaction, amounts)),
        Bindings.createObjectBinding(
            () ->
                reason.getText().isBlank() ? Verdict.no("Say why.") : model.mayReverse(transaction),
            reason.textProperty()),
        model.reversal(),
        "accent",
        () ->
            model.reverse(
                transaction,
                reason.getText(),
                approval -> {
                  overlay.hide();
                  links.open(approval.toString());
                }));
    form.open();
  }

  @Override
  public String name() {
    return "Journal";
  }

  @Override
  public Ikon icon() {
    return Feather.LIST;
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public void shown() {
    if (!visited) {
      visited = true;
      apply();
    } else {
      refresh();
    }
  }

  @Override
  public void refresh() {
    model.list().refresh();
    model.detail().again();
  }

  @Override
  public void search() {
    journalSearch.requestFocus();
    journalSearch.selectAll();
  }

  @Override
  public boolean goTo(LocalDate day) {
    model.goTo(day);
    return true;
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    model.open(TransactionId.parse(id));
  }
}
