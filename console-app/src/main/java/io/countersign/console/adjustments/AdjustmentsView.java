package io.countersign.console.adjustments;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.EntriesGrid;
import io.countersign.console.ui.EntryLine;
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
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.id.AdjustmentId;
import java.util.List;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// The adjustments, and the form for a new one.
public final class AdjustmentsView implements Screen {

  private final AdjustmentsViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Links links;
  private final Memory memory;
  private final DraftForm form;
  private final Parent root;
  private boolean visited;

  @FXML private Label adjustmentsCount;
  @FXML private HBox adjustmentsHead;
  @FXML private ComboBox<@Nullable AdjustmentState> adjustmentsState;
  @FXML private Chips adjustmentsChips;
  @FXML private InlineFailure adjustmentsFailure;
  @FXML private TableView<AdjustmentRow> adjustmentsTable;
  @FXML private ScrollPane adjustmentsDetailScroll;
  @FXML private VBox adjustmentsDetail;

  public AdjustmentsView(
      AdjustmentsViewModel model, Amounts amounts, Days days, Links links, Memory memory) {
    this.model = model;
    this.memory = memory;
    this.amounts = amounts;
    this.days = days;
    this.links = links;
    this.form = new DraftForm(model, links::open);
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    Button create = Sections.action("adjustmentNew", "New adjustment", this::create);
    create.getStyleClass().add("accent");
    Verdict may = model.mayPropose();
    adjustmentsHead.getChildren().add(new Gate(create, model.proposal().guarded(may)));
    memory.choice("state", AdjustmentState.class, model.stateProperty());
    Choices.fill(adjustmentsState, AdjustmentState.class, "All states", model.stateProperty());
    model.stateProperty().addListener((property, before, now) -> apply());
    adjustmentsTable
        .getColumns()
        .setAll(
            List.of(
                Tables.badge("State", 140, AdjustmentRow::state, AdjustmentRow::tone),
                Tables.text("Description", 220, AdjustmentRow::description),
                Tables.amount("Amount", 135, AdjustmentRow::amount),
                Tables.text("Accounting day", 124, AdjustmentRow::day),
                Tables.text("Proposed by", 130, AdjustmentRow::proposedBy),
                Tables.text("Proposed at", 160, AdjustmentRow::proposedAt)));
    Tables.bind(
        adjustmentsTable, model.list(), "adjustments", adjustmentsDetailScroll, adjustmentsDetail);
    memory.columns(adjustmentsTable);
    adjustmentsFailure.watch(model.list());
    Sections.count(adjustmentsCount, model.list(), amounts);
    model.writingProperty().subscribe(writing -> show());
    model.detail().valueProperty().subscribe(value -> show());
    model.detail().failureProperty().subscribe(failure -> show());
  }

  private void apply() {
    model.apply();
    adjustmentsChips.clear();
    AdjustmentState state = model.stateProperty().get();
    if (state != null) {
      adjustmentsChips.add("State: " + Words.of(state), () -> model.stateProperty().set(null));
    }
  }

  private void show() {
    Adjustment adjustment = model.detail().value();
    if (model.writingProperty().get()) {
      adjustmentsDetail.getChildren().setAll(form);
    } else if (adjustment == null) {
      adjustmentsDetail
          .getChildren()
          .setAll(Sections.nothing(model.detail(), "Choose an adjustment, or propose a new one."));
    } else {
      adjustmentsDetail.getChildren().setAll(parts(adjustment));
    }
  }

  private List<Node> parts(Adjustment adjustment) {
    Badge state = new Badge(Words.of(adjustment.state()), Tone.of(adjustment.state()));
    EntriesGrid entries =
        new EntriesGrid(
            adjustment.entries().stream()
                .map(entry -> EntryLine.posted(entry.account(), entry.direction(), entry.amount()))
                .toList(),
            amounts);
    FactsGrid facts = new FactsGrid();
    facts
        .add("Reason", adjustment.reason())
        .add("Accounting day", days.day(adjustment.effectiveOn()))
        .add("Proposed by", adjustment.proposedBy())
        .add("Proposed at", days.instant(adjustment.proposedAt()))
        .link("Proposal", adjustment.approvalId().toString(), links);
    if (adjustment.transactionId() != null) {
      facts.link("Transaction", adjustment.transactionId().toString(), links);
    }
    if (adjustment.relatesTo() != null) {
      facts.link("About", adjustment.relatesTo().id(), links);
    }
    return List.of(Sections.head(adjustment.description(), state, null), entries, facts);
  }

  @Override
  public String name() {
    return "Adjustments";
  }

  @Override
  public Ikon icon() {
    return Feather.EDIT_3;
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
    adjustmentsState.requestFocus();
  }

  @Override
  public void create() {
    if (model.mayPropose().may()) {
      model.lookUpAccounts("");
      model.writingProperty().set(true);
    }
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    model.open(AdjustmentId.parse(id));
  }
}
