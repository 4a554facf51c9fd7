package io.countersign.console.sagas;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Tables;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.Payment;
import io.countersign.model.payments.Saga;
import io.countersign.model.payments.SagaState;
import java.util.List;
import java.util.Locale;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The list of sagas, stuck ones at first, and one of them step by step.
public final class SagasView implements Screen {

  private final SagasViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Links links;
  private final Memory memory;
  private final Parent root;
  private boolean visited;

  @FXML private Label sagasCount;
  @FXML private ComboBox<@Nullable SagaState> sagasState;
  @FXML private Chips sagasChips;
  @FXML private InlineFailure sagasFailure;
  @FXML private TableView<SagaRow> sagasTable;
  @FXML private ScrollPane sagasDetailScroll;
  @FXML private InlineFailure sagaActionFailure;
  @FXML private VBox sagasDetail;

  public SagasView(SagasViewModel model, Amounts amounts, Days days, Links links, Memory memory) {
    this.model = model;
    this.amounts = amounts;
    this.days = days;
    this.links = links;
    this.memory = memory;
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    memory.choice("state", SagaState.class, model.stateProperty());
    Choices.fill(sagasState, SagaState.class, "All states", model.stateProperty());
    model.stateProperty().addListener((property, before, now) -> apply());
    sagasTable
        .getColumns()
        .setAll(
            List.of(
                Tables.badge("State", 84, SagaRow::state, SagaRow::tone),
                Tables.text("Kind", 110, SagaRow::kind),
                Tables.text("Step", 110, SagaRow::step),
                Tables.text("Since", 76, SagaRow::since),
                Tables.text("Next attempt", 106, SagaRow::nextAttempt),
                Tables.text("Last error", 190, SagaRow::lastError),
                Tables.amount("Attempts", 82, SagaRow::attempts),
                Tables.text("About", 190, SagaRow::subject)));
    Tables.bind(sagasTable, model.list(), "sagas", sagasDetailScroll, sagasDetail);
    memory.columns(sagasTable);
    sagasFailure.watch(model.list());
    Sections.count(sagasCount, model.list(), amounts);
    sagaActionFailure.watch(
        model.action().failureProperty(), "Close", model.action()::clearFailure);
    model.detail().valueProperty().subscribe(this::show);
    model.detail().failureProperty().subscribe(failure -> show(model.detail().value()));
  }

  private void apply() {
    model.apply();
    sagasChips.clear();
    SagaState state = model.stateProperty().get();
    if (state != null) {
      sagasChips.add("State: " + Words.of(state), () -> model.stateProperty().set(null));
    }
  }

  private void show(@Nullable SagaDetail detail) {
    sagasDetail.getChildren().clear();
    if (detail == null) {
      sagasDetailScroll.setVvalue(0);
      sagasDetail
          .getChildren()
          .add(Sections.nothing(model.detail(), "Choose a saga to see its steps."));
      return;
    }
    Saga saga = detail.saga();
    Badge state = new Badge(Words.of(saga.state()), Tone.of(saga.state()));
    state.setId("sagaState");
    sagasDetail
        .getChildren()
        .addAll(
            Sections.head(Words.sentence(saga.kind()), state, headline(saga)),
            actions(saga),
            Sections.of("Steps", new StepsGrid(saga, days, model.detail()::again)),
            Sections.of("Facts", facts(detail)));
  }

  private String headline(Saga saga) {
    return switch (saga.state()) {
      case STUCK ->
          "It has stood still for "
              + days.age(saga.updatedAt())
              + " and goes on only when somebody retries it.";
      case RUNNING -> "It goes on by itself; what waits is tried again at its time.";
      case DONE -> "Every step has had its effect.";
      case UNDONE -> "It was refused, and what had been done before was undone.";
    };
  }

  private Node actions(Saga saga) {
    Gate retry =
        new Gate(
                Sections.action("sagaRetry", "Retry now", () -> model.retry(saga)),
                model.action().guarded(model.mayRetry(saga)))
            .key(KeyCode.R);
    return SagaRow.isItsOwnSubject(saga)
        ? Sections.actions(retry)
        : Sections.actions(retry, subject(saga));
  }

  private Gate subject(Saga saga) {
    String subject = saga.subject().id();
    String type = Words.sentence(saga.subject().type()).toLowerCase(Locale.ROOT);
    Verdict leads =
        links.lead(subject)
            ? Verdict.YES
            : Verdict.no("There is no screen for a " + type + " yet.");
    return new Gate(
            Sections.action("sagaSubject", "Open its " + type, () -> links.open(subject)),
            new ReadOnlyObjectWrapper<>(leads))
        .key(KeyCode.S);
  }

  private FactsGrid facts(SagaDetail detail) {
    Saga saga = detail.saga();
    FactsGrid facts = new FactsGrid();
    Payment payment = detail.payment();
    if (payment != null) {
      facts
          .add(
              "Payment",
              amounts.text(payment.amount())
                  + ", "
                  + Words.of(payment.state()).toLowerCase(Locale.ROOT))
          .add("Reference", payment.reference())
          .add("Merchant", payment.merchantAccount())
          .add("Provider", payment.provider());
    }
    return facts
        .add("Started", days.instant(saga.createdAt()))
        .add("Last moved", days.instant(saga.updatedAt()))
        .id(
            Words.sentence(saga.subject().type()),
            SagaRow.isItsOwnSubject(saga) ? null : saga.subject().id())
        .id("Id", saga.id().toString());
  }

  @Override
  public String name() {
    return "Sagas";
  }

  @Override
  public Ikon icon() {
    return Feather.GIT_COMMIT;
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
    sagasState.requestFocus();
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    model.open(SagaId.parse(id));
  }
}
