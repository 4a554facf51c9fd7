package io.countersign.console.approvals;

import io.countersign.console.client.Verdict;
import io.countersign.console.ui.ActionForm;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.Chips;
import io.countersign.console.ui.Choices;
import io.countersign.console.ui.Days;
import io.countersign.console.ui.EntriesGrid;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Fxml;
import io.countersign.console.ui.Gate;
import io.countersign.console.ui.InlineFailure;
import io.countersign.console.ui.Links;
import io.countersign.console.ui.Memory;
import io.countersign.console.ui.Overlay;
import io.countersign.console.ui.Screen;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Tables;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.id.ApprovalId;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Proposals and their decision.
public final class ApprovalsView implements Screen {

  private final ApprovalsViewModel model;
  private final Amounts amounts;
  private final Days days;
  private final Overlay overlay;
  private final Links links;
  private final Memory memory;
  private final Parent root;
  private boolean visited;

  @FXML private Label approvalsCount;
  @FXML private ComboBox<@Nullable ApprovalState> approvalsState;
  @FXML private ComboBox<@Nullable ApprovalKind> approvalsKind;
  @FXML private CheckBox approvalsMine;
  @FXML private Chips approvalsChips;
  @FXML private InlineFailure approvalsFailure;
  @FXML private TableView<ApprovalRow> approvalsTable;
  @FXML private ScrollPane approvalsDetailScroll;
  @FXML private VBox approvalsDetail;

  public ApprovalsView(
      ApprovalsViewModel model,
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
    memory
        .choice("state", ApprovalState.class, model.stateProperty())
        .choice("kind", ApprovalKind.class, model.kindProperty())
        .flag("mine", model.mineProperty());
    Choices.fill(approvalsState, ApprovalState.class, "All states", model.stateProperty());
    Choices.fill(approvalsKind, ApprovalKind.class, "All kinds", model.kindProperty());
    approvalsMine.selectedProperty().bindBidirectional(model.mineProperty());
    model.stateProperty().addListener((property, before, now) -> apply());
    model.kindProperty().addListener((property, before, now) -> apply());
    model.mineProperty().addListener((property, before, now) -> apply());
    approvalsTable
        .getColumns()
        .setAll(
            List.of(
                Tables.text("Kind", 150, ApprovalRow::kind),
                Tables.badge("State", 100, ApprovalRow::state, ApprovalRow::tone),
                Tables.amount("Amount", 135, ApprovalRow::amount),
                Tables.text("Proposed by", 130, ApprovalRow::proposedBy),
                Tables.text("Age", 70, ApprovalRow::age),
                Tables.text("Reason", 220, ApprovalRow::reason),
                Tables.text("Expires", 160, ApprovalRow::expires)));
    Tables.bind(approvalsTable, model.list(), "proposals", approvalsDetailScroll, approvalsDetail);
    memory.columns(approvalsTable);
    approvalsFailure.watch(model.list());
    Sections.count(approvalsCount, model.list(), amounts);
    model.detail().valueProperty().subscribe(this::show);
    model.detail().failureProperty().subscribe(failure -> show(model.detail().value()));
  }

  private void apply() {
    model.apply();
    approvalsChips.clear();
    ApprovalState state = model.stateProperty().get();
    if (state != null) {
      approvalsChips.add("State: " + Words.of(state), () -> model.stateProperty().set(null));
    }
    ApprovalKind kind = model.kindProperty().get();
    if (kind != null) {
      approvalsChips.add("Kind: " + Words.of(kind), () -> model.kindProperty().set(null));
    }
    if (model.mineProperty().get()) {
      approvalsChips.add("Proposed by me", () -> model.mineProperty().set(false));
    }
  }

  private void show(@Nullable Approval approval) {
    approvalsDetail.getChildren().clear();
    if (approval == null) {
      approvalsDetailScroll.setVvalue(0);
      approvalsDetail
          .getChildren()
          .add(Sections.nothing(model.detail(), "Choose a proposal to see exactly what it does."));
      return;
    }
    Content content = Content.of(approval.content(), amounts);
    approvalsDetail.getChildren().add(head(approval));
    approvalsDetail.getChildren().add(decisions(approval));
    if (!content.entries().isEmpty()) {
      approvalsDetail
          .getChildren()
          .add(Sections.of("What will be posted", new EntriesGrid(content.entries(), amounts)));
    }
    if (!content.facts().isEmpty()) {
      approvalsDetail.getChildren().add(Sections.of("What is proposed", facts(content)));
    }
    if (!approval.impact().isEmpty()) {
      approvalsDetail
          .getChildren()
          .add(
              Sections.of("Balances before and after", new ImpactGrid(approval.impact(), amounts)));
    }
    approvalsDetail.getChildren().add(Sections.of("History", history(approval)));
  }

  private Node head(Approval approval) {
    Badge state = new Badge(Words.of(approval.state()), Tone.of(approval.state()));
    state.setId("approvalState");
    return Sections.head(Words.capitalised(model.headline(approval)), state, approval.reason());
  }

  private FactsGrid facts(Content content) {
    FactsGrid facts = new FactsGrid();
    for (Content.Fact fact : content.facts()) {
      if (fact.isId()) {
        facts.link(fact.name(), fact.value(), links);
      } else {
        facts.add(fact.name(), fact.value());
      }
    }
    return facts;
  }

  private FactsGrid history(Approval approval) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Proposed by", approval.proposedBy())
        .add("Proposed at", days.instant(approval.proposedAt()))
        .add("Expires", days.instant(approval.expiresAt()))
        .add("Decided by", approval.decidedBy())
        .add("Decided at", days.instant(approval.decidedAt()))
        .add("Comment", approval.comment());
    if (approval.result() != null) {
      facts.link("Result", approval.result().id(), links);
    }
    if (approval.relatesTo() != null) {
      facts.link("About", approval.relatesTo().id(), links);
    }
    return facts.id("Content hash", approval.contentHash()).id("Id", approval.id().toString());
  }

  private Node decisions(Approval approval) {
    Verdict decide = model.mayDecide(approval);
    Verdict withdraw = model.mayWithdraw(approval);
    Button approve = Sections.action("approvalApprove", "Approve…", () -> askToApprove(approval));
    approve.getStyleClass().add("accent");
    Button reject = Sections.action("approvalReject", "Reject…", () -> askToReject(approval));
    reject.getStyleClass().addAll("danger", "button-outlined");
    Button take = Sections.action("approvalWithdraw", "Withdraw…", () -> askToWithdraw(approval));
    FlowPane buttons =
        Sections.actions(
            new Gate(approve, model.decision().guarded(decide)),
            new Gate(reject, model.decision().guarded(decide)),
            new Gate(take, model.decision().guarded(withdraw)));
    VBox box = new VBox(6, buttons);
    if (!decide.may()) {
      Label why = new Label(decide.whyNot());
      why.setId("approvalWhyNot");
      why.setWrapText(true);
      why.getStyleClass().add("why-not");
      box.getChildren().add(why);
    }
    return box;
  }

  private void askToApprove(Approval approval) {
    TextArea comment = ActionForm.reasonArea("approveComment");
    ActionForm form =
        new ActionForm(
            "approveForm",
            "Approve what " + approval.proposedBy() + " proposes?",
            "It takes effect at once and cannot be undone, only reversed by another proposal.",
            overlay);
    Content content = Content.of(approval.content(), amounts);
    if (!content.entries().isEmpty()) {
      form.content(new EntriesGrid(content.entries(), amounts));
    } else if (!approval.impact().isEmpty()) {
      form.content(new ImpactGrid(approval.impact(), amounts));
    }
    form.field("Comment (may be left empty)", comment);
    form.confirmedBy(
        new ReadOnlyStringWrapper("Approve " + model.headline(approval)),
        new ReadOnlyObjectWrapper<>(model.mayDecide(approval)),
        model.decision(),
        "accent",
        () -> model.approve(approval, comment.getText(), overlay::hide));
    form.open();
  }

  private void askToReject(Approval approval) {
    TextArea reason = ActionForm.reasonArea("rejectReason");
    ActionForm form =
        new ActionForm(
            "rejectForm",
            "Reject what " + approval.proposedBy() + " proposes?",
            "Nothing is posted. The reason is kept with the proposal for ever.",
            overlay);
    form.field("Reason", reason);
    form.confirmedBy(
        new ReadOnlyStringWrapper("Reject " + model.headline(approval)),
        Bindings.createObjectBinding(
            () -> reason.getText().isBlank() ? Verdict.no("Say why.") : model.mayDecide(approval),
            reason.textProperty()),
        model.decision(),
        "danger",
        () -> model.reject(approval, reason.getText(), overlay::hide));
    form.open();
  }

  private void askToWithdraw(Approval approval) {
    ActionForm form =
        new ActionForm(
            "withdrawForm",
            "Withdraw your proposal?",
            "Nobody can approve it afterwards; propose it anew if it is still wanted.",
            overlay);
    form.confirmedBy(
        new ReadOnlyStringWrapper("Withdraw " + model.headline(approval)),
        new ReadOnlyObjectWrapper<>(model.mayWithdraw(approval)),
        model.decision(),
        "danger",
        () -> model.withdraw(approval, overlay::hide));
    form.open();
  }

  @Override
  public String name() {
    return "Approvals";
  }

  @Override
  public Ikon icon() {
    return Feather.CHECK_SQUARE;
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
    approvalsState.requestFocus();
  }

  @Override
  public void open(String id) {
    model.list().selectedProperty().set(null);
    model.open(ApprovalId.parse(id));
  }
}
