package io.countersign.console.exceptions;

import io.countersign.console.ui.Amounts;
import io.countersign.console.ui.Days;
import io.countersign.model.Money;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import io.countersign.model.reconciliation.StatementLine;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What is chosen of the statement and what is chosen of the books, field by field, with what
/// differs.
///
/// Amounts are compared without their sign: which side of which account a line is on is the
/// server's business.
record Comparison(List<Field> fields) {

  /// @param judgement whether both say the same
  /// @param words how they differ; empty when they do not
  record Field(String name, String statement, String books, Judgement judgement, String words) {}

  /// Whether two sides agree about a field.
  enum Judgement {
    SAME,
    DIFFERS,
    /// Not to be compared: one side says nothing of it, or both say it in their own words.
    NONE
  }

  Comparison {
    fields = List.copyOf(fields);
  }

  static Comparison of(
      List<StatementLine> lines, List<Transaction> transactions, Amounts amounts, Days days) {
    if (lines.isEmpty() || transactions.isEmpty()) {
      return new Comparison(List.of());
    }
    return new Comparison(
        List.of(
            amount(lines, transactions, amounts),
            day(lines, transactions, days),
            reference(lines, transactions),
            new Field(
                "Text",
                joined(lines.stream().map(StatementLine::text).toList()),
                joined(transactions.stream().map(Transaction::description).toList()),
                Judgement.NONE,
                "")));
  }

  private static Field amount(
      List<StatementLine> lines, List<Transaction> transactions, Amounts amounts) {
    Map<String, Money> statement = new TreeMap<>();
    lines.forEach(line -> add(statement, new Money(line.amount(), line.currency())));
    statement.replaceAll((currency, sum) -> absolute(sum));
    Map<String, Money> books = new TreeMap<>();
    transactions.stream()
        .flatMap(transaction -> transaction.entries().stream())
        .filter(entry -> entry.direction() == Direction.DEBIT && entry.layer() == Layer.POSTED)
        .map(Entry::amount)
        .forEach(amount -> add(books, amount));
    boolean same = statement.equals(books);
    return new Field(
        "Amount",
        sums(statement, amounts),
        sums(books, amounts),
        same ? Judgement.SAME : Judgement.DIFFERS,
        same ? "" : apart(statement, books, amounts));
  }

  private static void add(Map<String, Money> sums, Money amount) {
    sums.merge(amount.currency().toString(), amount, Money::plus);
  }

  private static Money absolute(Money sum) {
    return sum.minorUnits() < 0
        ? new Money(Math.negateExact(sum.minorUnits()), sum.currency())
        : sum;
  }

  private static String sums(Map<String, Money> sums, Amounts amounts) {
    return sums.values().stream().map(amounts::text).collect(Collectors.joining(" + "));
  }

  private static String apart(
      Map<String, Money> statement, Map<String, Money> books, Amounts amounts) {
    if (!statement.keySet().equals(books.keySet())) {
      return "other currency";
    }
    return statement.entrySet().stream()
            .map(
                side ->
                    absolute(
                        side.getValue().minus(Objects.requireNonNull(books.get(side.getKey())))))
            .filter(Money::isPositive)
            .map(amounts::text)
            .collect(Collectors.joining(" + "))
        + " apart";
  }

  private static Field day(List<StatementLine> lines, List<Transaction> transactions, Days days) {
    List<LocalDate> valued =
        lines.stream()
            .map(StatementLine::valueDate)
            .filter(Objects::nonNull)
            .distinct()
            .sorted()
            .toList();
    List<LocalDate> effective =
        transactions.stream().map(Transaction::effectiveOn).distinct().sorted().toList();
    String statement =
        valued.isEmpty()
            ? joined(
                lines.stream().map(line -> Objects.toString(line.valueDateText(), "")).toList())
            : range(valued, days);
    if (valued.isEmpty()) {
      return new Field("Day", statement, range(effective, days), Judgement.DIFFERS, "no such day");
    }
    long apart =
        Math.max(
            Math.abs(ChronoUnit.DAYS.between(valued.getFirst(), effective.getFirst())),
            Math.abs(ChronoUnit.DAYS.between(valued.getLast(), effective.getLast())));
    return new Field(
        "Day",
        statement,
        range(effective, days),
        apart == 0 ? Judgement.SAME : Judgement.DIFFERS,
        apart == 0 ? "" : apart + (apart == 1 ? " day apart" : " days apart"));
  }

  private static String range(List<LocalDate> sorted, Days days) {
    String first = days.day(sorted.getFirst());
    return sorted.size() == 1 ? first : first + " to " + days.day(sorted.getLast());
  }

  private static Field reference(List<StatementLine> lines, List<Transaction> transactions) {
    List<String> statement =
        lines.stream().flatMap(line -> line.references().stream()).distinct().toList();
    List<String> books =
        transactions.stream()
            .map(Transaction::reference)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    if (books.isEmpty()
        || (statement.isEmpty() && lines.stream().allMatch(line -> line.text().isBlank()))) {
      return new Field("Reference", joined(statement), joined(books), Judgement.NONE, "");
    }
    String said =
        plain(
            String.join(" ", statement)
                + lines.stream().map(StatementLine::text).collect(Collectors.joining(" ")));
    List<String> missing = new ArrayList<>(books);
    missing.removeIf(reference -> said.contains(plain(reference)));
    return new Field(
        "Reference",
        joined(statement),
        joined(books),
        missing.isEmpty() ? Judgement.SAME : Judgement.DIFFERS,
        missing.isEmpty() ? "" : "not on the statement");
  }

  // Banks drop what is no letter and no digit, and change the case.
  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT);
  }

  private static String joined(List<String> texts) {
    return texts.stream()
        .filter(text -> !text.isBlank())
        .distinct()
        .collect(Collectors.joining(", "));
  }
}
