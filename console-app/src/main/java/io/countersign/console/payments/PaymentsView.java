package io.countersign.console.payments;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Debounce;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.MinimumAge;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.SavedViews;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Sorting;
import io.countersign.console.ui.Tables;
import io.countersign.model.id.PaymentId;
import io.countersign.model.id.RefundId;
import io.countersign.model.payments.PaymentState;
import java.util.List;
import java.util.Map;
import javafx.beans.Observable;
import javafx.beans.property.StringProperty;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The queue of payments, and one of them with its history, or many that are chosen.
public final class PaymentsView implements Screen {

  private final PaymentsViewModel model;
  private final Amounts amounts;
  private final Overlay overlay;
  private final Memory memory;
  private final PaymentPane pane;
  private final ChosenPane chosen;
  private final Parent root;
  private boolean visited;

  @FXML private Label paymentsCount;
  @FXML private ComboBox<@Nullable PaymentState> paymentsState;
  @FXML private TextField paymentsReference;
  @FXML private CheckBox paymentsMine;
  @FXML private ComboBox<PaymentOrder> paymentsOrder;
  @FXML private ToggleButton paymentsMore;
  @FXML private SavedViews paymentsViews;
  @FXML private FlowPane moreFilters;
  @FXML private ComboBox<@Nullable MinimumAge> paymentsAge;
  @FXML private TextField paymentsProvider;
  @FXML private TextField paymentsProviderReference;
  @FXML private TextField paymentsOwner;
  @FXML private TextField paymentsMinimum;
  @FXML private TextField paymentsCurrency;
  @FXML private Label paymentsFilterProblem;
  @FXML private Chips paymentsChips;
  @FXML private InlineFailure paymentsFailure;
  @FXML private TableView<PaymentRow> paymentsTable;
  @FXML private ScrollPane paymentsDetailScroll;
  @FXML private InlineFailure paymentActionFailure;
  @FXML private VBox paymentsDetail;

  public PaymentsView(
      PaymentsViewModel model,
      Amounts amounts,
      Days days,
      Overlay overlay,
      Links links,
      Memory memory) {
    this.model = model;
    this.memory = memory;
    this.amounts = amounts;
    this.overlay = overlay;
    PaymentForms forms = new PaymentForms(model, amounts, overlay, links);
    this.pane = new PaymentPane(model, forms, amounts, days, links);
    this.chosen = new ChosenPane(model, forms, amounts);
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    remember();
    filters();
    table();
    paymentsFailure.watch(model.list());
    Sections.count(paymentsCount, model.list(), amounts);
    paymentActionFailure.watch(
        model.action().failureProperty(), "Close", model.action()::clearFailure);
    model.detail().valueProperty().subscribe(value -> show());
    model.detail().failureProperty().subscribe(failure -> show());
    model.chosen().subscribe(this::show);
    model.outcomeProperty().subscribe(outcome -> show());
  }

  private void remember() {
    PaymentFilters filters = model.filters();
    memory
        .choice("state", PaymentState.class, filters.state())
        .text("reference", filters.reference())
        .flag("mine", filters.mine())
        .always("order", PaymentOrder.class, filters.order())
        .choice("age", MinimumAge.class, filters.age())
        .text("provider", filters.provider())
        .text("provider-reference", filters.providerReference())
        .text("owner", filters.owner())
        .text("minimum", filters.minAmount())
        .text("currency", filters.currency())
        .flag("more", paymentsMore.selectedProperty());
    paymentsViews.bind(memory, overlay, this::apply);
  }

  private void filters() {
    PaymentFilters filters = model.filters();
    Choices.fill(paymentsState, PaymentState.class, "All states", filters.state());
    Choices.fill(paymentsAge, MinimumAge.class, "Any age", filters.age(), MinimumAge::words);
    Choices.fillAlways(
        paymentsOrder,
        PaymentOrder.class,
        filters.order(),
        order -> order == PaymentOrder.AGE ? "Oldest first" : "Largest first");
    paymentsMine.selectedProperty().bindBidirectional(filters.mine());
    Map<TextField, StringProperty> typed =
        Map.of(
            paymentsReference, filters.reference(),
            paymentsProvider, filters.provider(),
            paymentsProviderReference, filters.providerReference(),
            paymentsOwner, filters.owner(),
            paymentsMinimum, filters.minAmount(),
            paymentsCurrency, filters.currency());
    typed.forEach(
        (field, value) -> {
          field.textProperty().bindBidirectional(value);
          Debounce.typing(field, this::apply);
        });
    paymentsOwner.disableProperty().bind(filters.mine());
    for (Observable chosenFrom :
        List.<Observable>of(filters.state(), filters.mine(), filters.order(), filters.age())) {
      chosenFrom.subscribe(
          () -> {
            if (visited) {
              apply();
            }
          });
    }
    moreFilters.visibleProperty().bind(paymentsMore.selectedProperty());
    moreFilters.managedProperty().bind(moreFilters.visibleProperty());
    paymentsFilterProblem.textProperty().bind(model.filterProblemProperty());
    paymentsFilterProblem.visibleProperty().bind(model.filterProblemProperty().isNotEmpty());
    paymentsFilterProblem.managedProperty().bind(paymentsFilterProblem.visibleProperty());
  }

  private void table() {
    TableColumn<PaymentRow, String> age = Tables.text("Age", 64, PaymentRow::age);
    TableColumn<PaymentRow, String> amount = Tables.amount("Amount", 116, PaymentRow::amount);
    paymentsTable
        .getColumns()
        .setAll(
            List.of(
                Tables.badge("State", 152, PaymentRow::state, PaymentRow::tone),
                age,
                amount,
                Tables.text("Next check", 92, PaymentRow::nextCheck),
                Tables.text("Reference", 112, PaymentRow::reference),
                Tables.text("Owner", 118, PaymentRow::owner),
                Tables.text("Merchant", 150, PaymentRow::merchant),
                Tables.amount("Checks", 70, PaymentRow::checks),
                Tables.text("Provider", 90, PaymentRow::provider)));
    Tables.bind(paymentsTable, model.list(), "payments", paymentsDetailScroll, paymentsDetail);
    Tables.onChosen(paymentsTable, model::choose);
    memory.columns(paymentsTable);
    Sorting.bind(
        paymentsTable,
        model.filters().order(),
        List.of(
            new Sorting.On<>(age, TableColumn.SortType.DESCENDING, PaymentOrder.AGE),
            new Sorting.On<>(amount, TableColumn.SortType.DESCENDING, PaymentOrder.AMOUNT)));
  }

  private void apply() {
    model.apply();
    paymentsChips.clear();
    model
        .filters()
        .inForce()
        .forEach(
            filter ->
                paymentsChips.add(
                    filter.words(),
                    () -> {
                      filter.remove().run();
                      apply();
                    }));
  }

  private void show() {
    PaymentDetail detail = model.detail().value();
    if (model.chosen().size() > 1) {
      paymentsDetail.getChildren().setAll(chosen.of(model.chosen()));
    } else if (detail == null) {
      paymentsDetailScroll.setVvalue(0);
      paymentsDetail
          .getChildren()
          .setAll(
              Sections.nothing(model.detail(), "Choose a payment to see all that happened to it."));
    } else {
      paymentsDetail.getChildren().setAll(pane.of(detail));
    }
  }

  @Override
  public String name() {
    return "Payments";
  }

  @Override
  public Ikon icon() {
    return Feather.CREDIT_CARD;
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
    paymentsReference.requestFocus();
    paymentsReference.selectAll();
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    if (id.startsWith("ref_")) {
      model.open(RefundId.parse(id));
    } else {
      model.open(PaymentId.parse(id));
    }
  }
}
