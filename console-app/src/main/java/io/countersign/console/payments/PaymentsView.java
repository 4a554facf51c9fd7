package io.countersign.console.payments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Debounce;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.Ids;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Sorting;
import io.countersign.console.ui.Tables;
import io.countersign.console.ui.Timeline;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.id.PaymentId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.PaymentEvent;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.payments.Refund;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The queue of payments, and one of them with its history.
public final class PaymentsView implements Screen {

  private final PaymentsViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Links links;
  private final Memory memory;
  private final PaymentForms forms;
  private final Parent root;
  private boolean visited;

  @FXML private Label paymentsCount;
  @FXML private ComboBox<@Nullable PaymentState> paymentsState;
  @FXML private TextField paymentsReference;
  @FXML private CheckBox paymentsMine;
  @FXML private ComboBox<PaymentOrder> paymentsOrder;
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
    this.days = days;
    this.links = links;
    this.forms = new PaymentForms(model, amounts, overlay, links);
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    memory
        .choice("state", PaymentState.class, model.stateProperty())
        .text("reference", model.referenceProperty())
        .flag("mine", model.mineProperty())
        .always("order", PaymentOrder.class, model.orderProperty());
    Choices.fill(paymentsState, PaymentState.class, "All states", model.stateProperty());
    paymentsReference.textProperty().bindBidirectional(model.referenceProperty());
    paymentsMine.selectedProperty().bindBidirectional(model.mineProperty());
    Choices.fillAlways(
        paymentsOrder,
        PaymentOrder.class,
        model.orderProperty(),
        order -> order == PaymentOrder.AGE ? "Oldest first" : "Largest first");
    model.stateProperty().addListener((property, before, now) -> apply());
    model.mineProperty().addListener((property, before, now) -> apply());
    model.orderProperty().addListener((property, before, now) -> apply());
    Debounce.typing(paymentsReference, this::apply);
    TableColumn<PaymentRow, String> age = Tables.text("Age", 86, PaymentRow::age);
    TableColumn<PaymentRow, String> amount = Tables.amount("Amount", 135, PaymentRow::amount);
    paymentsTable
        .getColumns()
        .setAll(
            List.of(
                Tables.badge("State", 160, PaymentRow::state, PaymentRow::tone),
                age,
                amount,
                Tables.text("Merchant", 150, PaymentRow::merchant),
                Tables.text("Reference", 120, PaymentRow::reference),
                Tables.text("Owner", 110, PaymentRow::owner),
                Tables.text("Next check", 160, PaymentRow::nextCheck),
                Tables.text("Provider", 90, PaymentRow::provider)));
    Tables.bind(paymentsTable, model.list(), "payments", paymentsDetailScroll, paymentsDetail);
    memory.columns(paymentsTable);
    Sorting.bind(
        paymentsTable,
        model.orderProperty(),
        List.of(
            new Sorting.On<>(age, TableColumn.SortType.DESCENDING, PaymentOrder.AGE),
            new Sorting.On<>(amount, TableColumn.SortType.DESCENDING, PaymentOrder.AMOUNT)));
    paymentsFailure.watch(model.list());
    Sections.count(paymentsCount, model.list(), amounts);
    paymentActionFailure.watch(
        model.action().failureProperty(), "Close", model.action()::clearFailure);
    model.detail().valueProperty().subscribe(this::show);
    model.detail().failureProperty().subscribe(failure -> show(model.detail().value()));
  }

  private void apply() {
    model.apply();
    paymentsChips.clear();
    PaymentState state = model.stateProperty().get();
    if (state != null) {
      paymentsChips.add("State: " + Words.of(state), () -> model.stateProperty().set(null));
    }
    String reference = model.referenceProperty().get().strip();
    if (!reference.isEmpty()) {
      paymentsChips.add(
          "Reference: " + reference,
          () -> {
            model.referenceProperty().set("");
            apply();
          });
    }
    if (model.mineProperty().get()) {
      paymentsChips.add("Mine", () -> model.mineProperty().set(false));
    }
  }

  private void show(@Nullable PaymentDetail detail) {
    paymentsDetail.getChildren().clear();
    if (detail == null) {
      paymentsDetailScroll.setVvalue(0);
      paymentsDetail
          .getChildren()
          .add(
              Sections.nothing(model.detail(), "Choose a payment to see all that happened to it."));
      return;
    }
    Payment payment = detail.payment();
    Badge state = new Badge(Words.of(payment.state()), Tone.of(payment.state()));
    state.setId("paymentState");
    paymentsDetail
        .getChildren()
        .addAll(
            Sections.head(amounts.text(payment.amount()), state, payment.description()),
            actions(detail),
            facts(payment));
    if (!detail.refunds().isEmpty()) {
      paymentsDetail.getChildren().add(Sections.of("Refunds", refunds(detail.refunds())));
    }
    paymentsDetail.getChildren().add(Sections.of("What happened", timeline(detail.events())));
  }

  private Node actions(PaymentDetail detail) {
    Payment payment = detail.payment();
    PaymentRights rights = model.rights();
    return Sections.actions(
        gate(
            "paymentCheck",
            "Ask " + payment.provider() + " now",
            rights.mayCheck(payment),
            () -> model.check(payment)),
        gate(
            "paymentResolve",
            "Propose resolution…",
            rights.mayResolve(payment),
            () -> forms.proposeResolution(payment)),
        gate(
            "paymentRefund",
            "Refund…",
            rights.mayRefund(payment),
            () -> forms.refund(detail, false)),
        gate(
            "paymentRefundIfCharged",
            "Refund if charged…",
            rights.mayRefundIfCharged(payment),
            () -> forms.refund(detail, true)),
        gate(
            "paymentTakeOver",
            "Assign to me",
            rights.mayTakeOver(payment),
            () -> model.takeOver(payment)),
        gate("paymentNote", "Note…", rights.mayNote(), () -> forms.note(payment)));
  }

  private Gate gate(String id, String text, Verdict verdict, Runnable run) {
    return new Gate(Sections.action(id, text, run), model.action().guarded(verdict));
  }

  private FactsGrid facts(Payment payment) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Merchant", payment.merchantAccount())
        .add(
            "Refunded",
            payment.refundedAmount().isPositive() ? amounts.text(payment.refundedAmount()) : "")
        .add("Reference", payment.reference())
        .add("Provider", payment.provider())
        .add("Provider's reference", payment.providerReference())
        .id("Our key", payment.providerKey())
        .add("Declined because", payment.declineCode())
        .add("Created", days.instant(payment.createdAt()))
        .add("Updated", days.instant(payment.updatedAt()))
        .add("Checks so far", String.valueOf(payment.checks()))
        .add("Next check", days.instant(payment.nextCheckAt()))
        .add("Owner", payment.owner())
        .add("Refund if charged", payment.ifChargedRefund() == null ? "" : "recorded");
    payment.transactions().forEach(id -> facts.link("Transaction", id.toString(), links));
    return facts.id("Id", payment.id().toString());
  }

  private Node refunds(List<Refund> refunds) {
    VBox lines = new VBox(6);
    for (Refund refund : refunds) {
      Badge state = new Badge(Words.of(refund.state()), tone(refund));
      HBox line = new HBox(10, new Label(amounts.text(refund.amount())), state);
      ApprovalId proposal = refund.approvalId();
      if (proposal != null) {
        Hyperlink link = new Hyperlink("Proposal " + Ids.shortened(proposal.toString()));
        link.setOnAction(event -> links.open(proposal.toString()));
        line.getChildren().add(link);
      }
      lines.getChildren().add(line);
    }
    return lines;
  }

  private static Tone tone(Refund refund) {
    return switch (refund.state()) {
      case SUCCEEDED -> Tone.GOOD;
      case DECLINED -> Tone.BAD;
      case PENDING_APPROVAL, SUBMITTED, PENDING_CONFIRMATION -> Tone.WAITING;
    };
  }

  private Node timeline(List<PaymentEvent> events) {
    Timeline timeline = new Timeline("paymentTimeline");
    for (PaymentEvent event : events) {
      timeline.add(
          Timeline.step(event.type(), event.from(), event.to()),
          days.instant(event.at()) + " · " + event.by(),
          event.detail());
    }
    return timeline;
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
    model.open(PaymentId.parse(id));
  }
}
