package io.countersign.console.reconciliation;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Badge;
import io.countersign.console.ui.FactsGrid;
import io.countersign.console.ui.Sections;
import io.countersign.console.ui.Tone;
import io.countersign.console.ui.Words;
import io.countersign.model.Money;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceAccount;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/// What a statement says as a whole, and what is wrong with it; or, with none chosen, the sources.
final class StatementPane {

  private final Amounts amounts;

  StatementPane(Amounts amounts) {
    this.amounts = amounts;
  }

  List<Node> of(Statement one) {
    Badge state = new Badge(Words.of(one.state()), Tone.of(one.state()));
    state.setId("statementState");
    List<Node> parts = new ArrayList<>();
    parts.add(
        Sections.head(
            (one.accountId() == null ? one.source() : one.accountId()) + ", " + one.currency(),
            state,
            null));
    Money opening = one.openingBalance();
    Money closing = one.closingBalance();
    if (opening != null && closing != null) {
      parts.add(
          one.state() == StatementState.QUARANTINED
              ? balances(opening, closing, one.lineCount())
              : equation(opening, closing, one.lineCount()));
    }
    if (!one.problems().isEmpty()) {
      parts.add(problems(one));
    }
    return parts;
  }

  /// Opening and lines must come to the closing balance; that is what a statement is trusted for.
  private Node equation(Money opening, Money closing, int lines) {
    HBox line =
        new HBox(
            10,
            term("Opening", amounts.text(opening)),
            sign("+"),
            term(
                amounts.count(lines) + (lines == 1 ? " line" : " lines"),
                amounts.change(closing.minus(opening))),
            sign("="),
            term("Closing", amounts.text(closing)));
    line.getStyleClass().add("equation");
    return line;
  }

  /// What it says, with no sum: what its lines come to is what it may be quarantined for.
  private Node balances(Money opening, Money closing, int lines) {
    HBox line =
        new HBox(
            24,
            term("Opening", amounts.text(opening)),
            term("Lines", amounts.count(lines)),
            term("Closing", amounts.text(closing)));
    line.getStyleClass().add("equation");
    return line;
  }

  private static Node term(String name, String amount) {
    Label what = new Label(name);
    what.getStyleClass().add("muted");
    Label value = new Label(amount);
    value.getStyleClass().add("section-title");
    return new VBox(what, value);
  }

  private static Node sign(String sign) {
    Label label = new Label(sign);
    label.getStyleClass().add("equation-sign");
    return label;
  }

  private static Node problems(Statement one) {
    VBox card =
        new VBox(4, Sections.wrapped("Kept whole, and nothing of it is matched:", "section-title"));
    one.problems()
        .forEach(
            problem ->
                card.getChildren()
                    .add(
                        Sections.wrapped(
                            Words.sentence(problem.code()) + ": " + problem.detail(),
                            "line-text")));
    card.setId("statementProblems");
    card.getStyleClass().add("stuck-card");
    return card;
  }

  List<Node> of(List<Source> sources) {
    List<Node> parts = new ArrayList<>();
    parts.add(
        Sections.wrapped(
            "Choose a statement to see its lines, or drop a file on the window to have it read.",
            "muted"));
    for (Source source : sources) {
      VBox card = new VBox(6, Sections.wrapped(source.name(), "section-title"), facts(source));
      card.getStyleClass().add("card");
      parts.add(card);
    }
    return parts;
  }

  private static FactsGrid facts(Source source) {
    FactsGrid facts = new FactsGrid();
    facts
        .add("Code", source.code())
        .add("Kind", Words.of(source.kind()))
        .add(
            "Accounts",
            source.accounts().stream()
                .map(StatementPane::account)
                .collect(Collectors.joining("\n")))
        .add(
            "Settles",
            "within "
                + source.settlementDays()
                + (source.settlementDays() == 1 ? " business day" : " business days")
                + " ("
                + source.calendar()
                + "), cut-off "
                + source.cutOff()
                + " "
                + source.timeZone());
    if (source.fetch() != null) {
      facts.add("Fetched", source.fetch().schedule());
    }
    return facts;
  }

  private static String account(SourceAccount account) {
    return account.currency()
        + ": "
        + account.ledgerAccount()
        + (account.accountId() == null ? "" : ", " + account.accountId());
  }
}
