package io.countersign.console.reconciliation;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Tables;
import io.countersign.model.id.StatementId;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.StatementState;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Statements by source, one of them with its lines; files are dropped anywhere on it.
public final class ReconciliationView implements Screen {

  private static final String DROPPING = "drop-target";
  // Pixels; what a statement says as a whole is not scrolled away by its lines.
  private static final double EDGES = 4;
  private static final double HEAD_HIGHEST = 220;

  private final ReconciliationViewModel model;
  private final Amounts amounts;
  private final Memory memory;
  private final ImportForm importing;
  private final StatementPane statementPane;
  private final LinePane linePane;
  private final Parent root;
  private boolean visited;

  @FXML private VBox reconciliationPage;
  @FXML private Label statementsCount;
  @FXML private ComboBox<@Nullable Source> statementsSource;
  @FXML private ComboBox<@Nullable StatementState> statementsState;
  @FXML private FlowPane reconciliationFilters;
  @FXML private VBox workPlace;
  @FXML private InlineFailure statementsFailure;
  @FXML private InlineFailure reconciliationActionFailure;
  @FXML private TableView<StatementRow> statementsTable;
  @FXML private ScrollPane statementScroll;
  @FXML private VBox statementDetail;
  @FXML private TableView<LineRow> linesTable;
  @FXML private ScrollPane lineScroll;
  @FXML private VBox lineDetail;

  public ReconciliationView(
      ReconciliationViewModel model,
      Amounts amounts,
      Days days,
      Overlay overlay,
      Links links,
      Memory memory) {
    this.model = model;
    this.amounts = amounts;
    this.memory = memory;
    this.importing = new ImportForm(model, overlay);
    this.statementPane = new StatementPane(amounts);
    this.linePane = new LinePane(model, days, links, overlay);
    this.root = Fxml.load(this);
  }

  @FXML
  private void initialize() {
    memory.choice("state", StatementState.class, model.stateProperty());
    Choices.fill(statementsState, StatementState.class, "All states", model.stateProperty());
    model.stateProperty().addListener((property, before, now) -> apply());
    sources();
    actions();
    workPlace.getChildren().add(new WorkStrip(model));
    tables();
    statementsFailure.watch(model.list());
    reconciliationActionFailure.watch(
        model.action().failureProperty(), "Close", model.action()::clearFailure);
    Sections.count(statementsCount, model.list(), amounts);
    model.detail().valueProperty().subscribe(detail -> show());
    model.detail().failureProperty().subscribe(failure -> show());
    model.lines().selectedProperty().subscribe(row -> showLine());
    model.sources().subscribe(this::show);
    linesTable.managedProperty().bind(linesTable.visibleProperty());
    lineScroll.managedProperty().bind(lineScroll.visibleProperty());
    statementScroll
        .minHeightProperty()
        .bind(
            Bindings.createDoubleBinding(
                () ->
                    linesTable.isVisible()
                        ? Math.min(statementDetail.getHeight() + EDGES, HEAD_HIGHEST)
                        : 0,
                linesTable.visibleProperty(),
                statementDetail.heightProperty()));
    drops();
  }

  private void sources() {
    statementsSource.setConverter(SourceNames.converter());
    statementsSource.setButtonCell(new SourceCell());
    statementsSource.setCellFactory(list -> new SourceCell());
    model
        .sources()
        .subscribe(
            () -> {
              Source chosen = model.sourceProperty().get();
              statementsSource.getItems().setAll(model.sources());
              statementsSource.getItems().addFirst(null);
              statementsSource.setValue(chosen);
            });
    statementsSource.valueProperty().bindBidirectional(model.sourceProperty());
    model
        .sourceProperty()
        .addListener(
            (property, before, now) -> {
              if (!java.util.Objects.equals(before, now)) {
                apply();
              }
            });
  }

  private void actions() {
    Gate read =
        new Gate(
            Sections.action("statementImport", "Read statements…", () -> importing.open(List.of())),
            model.action().guarded(model.mayWork()));
    Gate run =
        new Gate(
            Sections.action("reconcileNow", "Reconcile now", model::reconcile),
            model
                .action()
                .guarded(
                    Bindings.<Verdict>createObjectBinding(
                        model::mayReconcile, model.sourceProperty(), model.runProgressProperty())));
    reconciliationFilters.getChildren().addAll(read, run);
  }

  private void tables() {
    statementsTable
        .getColumns()
        .setAll(
            List.of(
                Tables.badge("State", 110, StatementRow::state, StatementRow::tone),
                Tables.text("Source", 100, StatementRow::source),
                Tables.amount("Closing", 130, StatementRow::closing),
                Tables.amount("Lines", 70, StatementRow::lines),
                Tables.text("Account", 190, StatementRow::account),
                Tables.amount("Opening", 130, StatementRow::opening),
                Tables.text("Format", 90, StatementRow::format)));
    Tables.bind(statementsTable, model.list(), "statements", statementScroll, statementDetail);
    memory.columns(statementsTable);
    linesTable
        .getColumns()
        .setAll(
            List.of(
                Tables.text("Day", 100, LineRow::day),
                Tables.amount("Amount", 130, LineRow::amount),
                Tables.badge("State", 104, LineRow::state, LineRow::tone),
                Tables.text("Text", 260, LineRow::text),
                Tables.text("References", 180, LineRow::references)));
    Tables.bind(linesTable, model.lines(), "lines", lineScroll, lineDetail);
  }

  private void drops() {
    reconciliationPage.setOnDragOver(
        event -> {
          if (event.getDragboard().hasFiles() && model.mayWork().may()) {
            event.acceptTransferModes(TransferMode.COPY);
            if (!reconciliationPage.getStyleClass().contains(DROPPING)) {
              reconciliationPage.getStyleClass().add(DROPPING);
            }
          }
          event.consume();
        });
    reconciliationPage.setOnDragExited(
        event -> reconciliationPage.getStyleClass().remove(DROPPING));
    reconciliationPage.setOnDragDropped(this::dropped);
  }

  private void dropped(DragEvent event) {
    reconciliationPage.getStyleClass().remove(DROPPING);
    List<Path> files = event.getDragboard().getFiles().stream().map(File::toPath).toList();
    Source from = model.sourceProperty().get();
    if (from == null) {
      importing.open(files);
    } else {
      model.imports().send(files, from.code());
    }
    event.setDropCompleted(true);
    event.consume();
  }

  private void apply() {
    model.apply();
  }

  private void show() {
    StatementDetail detail = model.detail().value();
    boolean chosen = detail != null;
    linesTable.setVisible(chosen);
    lineScroll.setVisible(chosen);
    if (detail != null) {
      statementDetail.getChildren().setAll(statementPane.of(detail.statement()));
    } else if (model.detail().isLoading() || model.detail().failureProperty().get() != null) {
      statementDetail.getChildren().setAll(Sections.nothing(model.detail(), ""));
    } else {
      statementDetail.getChildren().setAll(statementPane.of(model.sources()));
    }
    showLine();
  }

  private void showLine() {
    LineRow row = model.lines().selected();
    if (row == null) {
      lineDetail
          .getChildren()
          .setAll(Sections.wrapped("Choose a line to see what explains it.", "muted"));
    } else {
      lineDetail.getChildren().setAll(linePane.of(row, model.detail().value()));
    }
  }

  @Override
  public String name() {
    return "Reconciliation";
  }

  @Override
  public Ikon icon() {
    return Feather.GIT_MERGE;
  }

  @Override
  public Node root() {
    return root;
  }

  @Override
  public void shown() {
    model.readSources();
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
    model.again();
  }

  @Override
  public void search() {
    statementsSource.requestFocus();
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    model.open(StatementId.parse(id));
  }

  private static final class SourceCell extends ListCell<@Nullable Source> {

    SourceCell() {
      setText("All sources");
    }

    @Override
    protected void updateItem(@Nullable Source source, boolean empty) {
      super.updateItem(source, empty);
      setText(source == null ? "All sources" : source.name());
    }
  }
}
