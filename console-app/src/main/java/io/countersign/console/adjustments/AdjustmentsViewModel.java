package io.countersign.console.adjustments;

import io.countersign.client.Query;
import io.countersign.console.client.Action;
import io.countersign.console.client.Detail;
import io.countersign.console.client.Fact;
import io.countersign.console.client.Latest;
import io.countersign.console.client.ListModel;
import io.countersign.console.client.Verdict;
import io.countersign.console.client.Workplace;
import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.model.Page;
import io.countersign.model.approvals.Adjustment;
import io.countersign.model.approvals.AdjustmentRequest;
import io.countersign.model.approvals.AdjustmentState;
import io.countersign.model.id.AdjustmentId;
import io.countersign.model.identity.Role;
import java.util.Collections;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// The adjustments, and the one that is being written. A draft outlives looking at something else.
public final class AdjustmentsViewModel {

  private static final int ACCOUNTS_MAX = 1_000;

  private final Workplace workplace;
  private final Amounts amounts;
  private final Days days;
  private final ObjectProperty<@Nullable AdjustmentState> state = new SimpleObjectProperty<>();
  private final BooleanProperty writing = new SimpleBooleanProperty();
  private final AdjustmentDraft draft;
  private final ListModel<AdjustmentRow> list;
  private final Detail<Adjustment> detail;
  private final Action proposal;
  private final Latest lookup;
  private final ObservableList<String> accounts = FXCollections.observableArrayList();
  private boolean allAccountsKnown;
  private Query query = Query.ALL;

  public AdjustmentsViewModel(Workplace workplace, Amounts amounts, Days days) {
    this.workplace = workplace;
    this.amounts = amounts;
    this.days = days;
    this.draft = new AdjustmentDraft(amounts);
    this.list =
        new ListModel<>(
            "Loading adjustments", workplace.tasks(), this::page, row -> row.adjustment().id());
    this.detail = new Detail<>("Loading an adjustment", workplace.tasks());
    this.proposal = new Action(workplace);
    this.lookup = new Latest(workplace.tasks());
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

  public ObjectProperty<@Nullable AdjustmentState> stateProperty() {
    return state;
  }

  /// Whether the form is open.
  public BooleanProperty writingProperty() {
    return writing;
  }

  public AdjustmentDraft draft() {
    return draft;
  }

  ListModel<AdjustmentRow> list() {
    return list;
  }

  public Detail<Adjustment> detail() {
    return detail;
  }

  public Action proposal() {
    return proposal;
  }

  public void apply() {
    query = Query.ALL.with("state", state.get());
    list.reload();
  }

  private Page<AdjustmentRow> page(int limit, @Nullable String after) {
    Page<Adjustment> page = workplace.books().approvals().adjustments(query.page(limit, after));
    return new Page<>(
        page.items().stream().map(one -> AdjustmentRow.of(one, workplace, amounts, days)).toList(),
        page.next(),
        page.total());
  }

  private void look(@Nullable AdjustmentRow row) {
    if (row == null) {
      detail.clear();
    } else {
      open(row.adjustment().id());
    }
  }

  public void open(AdjustmentId id) {
    writing.set(false);
    detail.ask(id, () -> workplace.books().approvals().adjustment(id));
  }

  /// Codes of accounts, sorted, as far as they have been looked up; the list only grows.
  public ObservableList<String> accounts() {
    return accounts;
  }

  /// Adds the accounts whose codes begin so, unless all are known already. Blank for the first
  /// ones.
  public void lookUpAccounts(String prefix) {
    if (allAccountsKnown) {
      return;
    }
    Query byPrefix = Query.ALL.with("prefix", prefix.strip()).page(ACCOUNTS_MAX, null);
    lookup.ask(
        "Looking up accounts",
        () -> workplace.books().accounts().list(byPrefix),
        page -> {
          allAccountsKnown = prefix.isBlank() && page.next() == null;
          page.items().forEach(account -> know(account.code()));
        },
        failure -> {});
  }

  // One by one: boxes that show the list keep what is chosen in them.
  private void know(String code) {
    int place = Collections.binarySearch(accounts, code);
    if (place < 0) {
      accounts.add(-place - 1, code);
    }
  }

  public Verdict mayPropose() {
    return workplace.has(Role.OPERATOR)
        ? Verdict.YES
        : Verdict.no("Adjustments are proposed by operators.");
  }

  public Verdict mayProposeDraft() {
    Verdict may = mayPropose();
    return may.may() ? draft.verdict() : may;
  }

  /// @param done is given the id of the proposal
  public void propose(Consumer<String> done) {
    AdjustmentRequest request = draft.request();
    proposal.send(
        "Proposing an adjustment",
        request,
        intent -> workplace.books().approvals().propose(request, intent),
        proposed -> {
          draft.clear();
          writing.set(false);
          workplace.facts().publish(Fact.APPROVALS_CHANGED);
          done.accept(proposed.approvalId().toString());
        });
  }
}
