package io.countersign.console.approvals;

import io.countersign.client.Intent;
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
import io.countersign.model.Page;
import io.countersign.model.ReasonRequest;
import io.countersign.model.approvals.Approval;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.approvals.ApprovalState;
import io.countersign.model.approvals.ApproveRequest;
import io.countersign.model.id.ApprovalId;
import io.countersign.model.identity.Role;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;

/// Proposals, the one that is looked at, and what may be done with it by whom.
public final class ApprovalsViewModel {

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final ObjectProperty<@Nullable ApprovalState> state =
      new SimpleObjectProperty<>(ApprovalState.PENDING);
  private final ObjectProperty<@Nullable ApprovalKind> kind = new SimpleObjectProperty<>();
  private final BooleanProperty mine = new SimpleBooleanProperty();
  private final ListModel<ApprovalRow> list;
  private final Detail<Approval> detail;
  private final Action decision;
  private Query query = Query.ALL;

  public ApprovalsViewModel(Workplace workplace, Amounts amounts, Days days) {
    this.workplace = workplace;
    this.amounts = amounts;
    this.days = days;
    this.list =
        new ListModel<>(
            "Loading proposals", workplace.tasks(), this::page, row -> row.approval().id());
    this.detail = new Detail<>("Loading a proposal", workplace.tasks());
    this.decision = new Action(workplace);
    list.selectedProperty().subscribe(this::look);
    workplace
        .facts()
        .listen(
            fact -> {
              if (fact == Fact.APPROVALS_CHANGED) {
                list.refreshIfShown();
              }
            });
  }

  public ObjectProperty<@Nullable ApprovalState> stateProperty() {
    return state;
  }

  public ObjectProperty<@Nullable ApprovalKind> kindProperty() {
    return kind;
  }

  /// Whether only what this person proposed is listed.
  public BooleanProperty mineProperty() {
    return mine;
  }

  ListModel<ApprovalRow> list() {
    return list;
  }

  public Detail<Approval> detail() {
    return detail;
  }

  public Action decision() {
    return decision;
  }

  public void apply() {
    query =
        Query.ALL
            .with("state", state.get())
            .with("kind", kind.get())
            .with("proposedBy", mine.get() ? workplace.profile().username() : null);
    list.reload();
  }

  private Page<ApprovalRow> page(int limit, @Nullable String after) {
    Page<Approval> page = workplace.books().approvals().list(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(one -> ApprovalRow.of(one, workplace, amounts, days)).toList(),
        page.next(),
        page.total());
  }

  private void look(@Nullable ApprovalRow row) {
    if (row == null) {
      detail.clear();
    } else {
      open(row.approval().id());
    }
  }

  /// Asks the server, so that balances and state are as of now.
  public void open(ApprovalId id) {
    detail.ask(id, () -> workplace.books().approvals().get(id));
  }

  /// What the approval does, for the words of its button: `adjustment of 120.00 EUR`.
  public String headline(Approval approval) {
    String kindOf = Words.of(approval.kind()).toLowerCase(Locale.ROOT);
    String amount = Content.amount(approval, amounts);
    return amount.isEmpty() ? kindOf : kindOf + " of " + amount;
  }

  public Verdict mayDecide(@Nullable Approval approval) {
    Verdict open = mayTouch(approval);
    if (approval == null || !open.may()) {
      return open;
    }
    if (workplace.isMe(approval.proposedBy())) {
      return Verdict.no("You proposed this; someone else decides.");
    }
    return workplace.has(Role.APPROVER)
        ? Verdict.YES
        : Verdict.no("Proposals are decided by approvers.");
  }

  public Verdict mayWithdraw(@Nullable Approval approval) {
    Verdict open = mayTouch(approval);
    if (approval == null || !open.may()) {
      return open;
    }
    return workplace.isMe(approval.proposedBy())
        ? Verdict.YES
        : Verdict.no("Only " + approval.proposedBy() + ", who proposed it, can withdraw it.");
  }

  private Verdict mayTouch(@Nullable Approval approval) {
    if (approval == null) {
      return Verdict.no("Choose a proposal.");
    }
    return approval.state() == ApprovalState.PENDING
        ? Verdict.YES
        : Verdict.no(
            "It has been decided: " + Words.of(approval.state()).toLowerCase(Locale.ROOT) + ".");
  }

  /// Approves exactly what is shown: the hash of its content goes along.
  public void approve(Approval approval, String comment, Runnable done) {
    ApproveRequest request =
        new ApproveRequest(approval.contentHash(), comment.isBlank() ? null : comment.strip());
    decide(
        "Approving",
        List.of("approve", approval.id(), request),
        intent -> workplace.books().approvals().approve(approval.id(), request, intent),
        done);
  }

  public void reject(Approval approval, String reason, Runnable done) {
    ReasonRequest request = new ReasonRequest(reason.strip());
    decide(
        "Rejecting",
        List.of("reject", approval.id(), request),
        intent -> workplace.books().approvals().reject(approval.id(), request, intent),
        done);
  }

  public void withdraw(Approval approval, Runnable done) {
    decide(
        "Withdrawing",
        List.of("withdraw", approval.id()),
        intent -> workplace.books().approvals().withdraw(approval.id(), intent),
        done);
  }

  private void decide(String label, Object wish, Function<Intent, Approval> call, Runnable done) {
    decision.send(
        label,
        wish,
        call,
        decided -> {
          done.run();
          detail.again();
          for (Fact fact :
              List.of(
                  Fact.APPROVALS_CHANGED,
                  Fact.PAYMENTS_CHANGED,
                  Fact.EXCEPTIONS_CHANGED,
                  Fact.JOURNAL_CHANGED)) {
            workplace.facts().publish(fact);
          }
        });
  }
}
