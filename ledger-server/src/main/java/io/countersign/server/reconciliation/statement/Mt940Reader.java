package io.countersign.server.reconciliation.statement;

import java.io.IOException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads SWIFT MT940 as banks deliver it: several statements a file, with or without FIN blocks.
///
/// The fields are cut here and not by a SWIFT library, because those want whole messages in memory
/// and in blocks, and lose the line numbers on the way (`docs/decisions`).
final class Mt940Reader {

  private static final Pattern BALANCE =
      Pattern.compile("([CD])(\\d{6})([A-Z]{3})\\s?([\\d,.]+)\\s*");

  private final Mt940Fields fields;
  private final StatementSink sink;
  private @Nullable StatementTally statement;
  private Mt940Fields.@Nullable Field entry;
  private Mt940Fields.@Nullable Field information;
  private int statements;
  private Place last = Place.START;

  Mt940Reader(TextLines text, StatementSink sink) {
    this.fields = new Mt940Fields(text);
    this.sink = sink;
  }

  void read() throws IOException {
    for (var field = fields.next(); field != null; field = fields.next()) {
      last = field.place();
      take(field);
    }
    finish();
    if (statements == 0) {
      throw last.unreadable(
          "The file looks like MT940, but holds no statement (:20: … :62F:). Fetch it again.");
    }
  }

  private void take(Mt940Fields.Field field) {
    switch (field.tag()) {
      case "20" -> {
        finish();
        statement = begun(field.place());
      }
      case "25", "25P" -> inNewStatement(field).account(field.first());
      case "28", "28C" -> inStatement(field).number(field.first());
      case "60F", "60M" -> opening(field);
      case "61" -> {
        emit();
        inStatement(field);
        entry = field;
      }
      case "86" -> information(field);
      case "62F", "62M" -> closing(field);
      case "34F", "13D" ->
          throw field
              .place()
              .unreadable(
                  "This is an MT942, a report within the day. Upload the MT940 of the whole day"
                      + " instead.");
      default -> {
        // Balances at later value dates (64, 65) and banks' own fields say nothing about lines.
      }
    }
  }

  private StatementTally begun(Place place) {
    return new StatementTally(StatementFormat.MT940, sink, place);
  }

  private StatementTally inStatement(Mt940Fields.Field field) {
    if (statement == null) {
      throw field
          .place()
          .unreadable(
              "Field :"
                  + field.tag()
                  + ": stands outside a statement, which begins with :20:. Fetch the file again.");
    }
    return statement;
  }

  // Some banks write :20: once and then one statement for each account.
  private StatementTally inNewStatement(Mt940Fields.Field field) {
    if (statement != null && statement.hasClosing()) {
      finish();
      statement = begun(field.place());
    }
    return inStatement(field);
  }

  private void opening(Mt940Fields.Field field) {
    StatementTally open = inNewStatement(field);
    Stated stated = stated(field);
    open.opening(stated.signed(field), stated.currency, stated.on, field.place());
  }

  private void closing(Mt940Fields.Field field) {
    emit();
    Stated stated = stated(field);
    inStatement(field).closing(stated.signed(field), stated.currency, stated.on, field.place());
  }

  /// A second field 86 on one line goes on with the first; one outside a line is for the statement.
  private void information(Mt940Fields.Field field) {
    if (entry == null) {
      return;
    }
    if (information == null) {
      information = field;
    } else {
      information.lines().addAll(field.lines());
    }
  }

  private void emit() {
    Mt940Fields.Field line = entry;
    if (line == null || statement == null) {
      return;
    }
    Mt940Entry read = Mt940Entry.read(line);
    String text =
        information == null ? "" : Mt940Information.read(information.lines(), read.references());
    LocalDate booked = read.bookedOn() != null ? read.bookedOn() : read.valueDate();
    statement.line(
        read.amount(),
        statement.currencyOf(line.place()).toString(),
        read.valueDate(),
        read.valueDateText(),
        booked != null ? booked : statement.openedOn(),
        read.references().all(),
        (read.text() + " " + text).strip(),
        line.place());
    entry = null;
    information = null;
  }

  private void finish() {
    emit();
    StatementTally done = statement;
    if (done == null) {
      return;
    }
    if (!done.hasOpening() || !done.hasClosing()) {
      throw last.unreadable(
          "The statement that begins in line "
              + done.start().line()
              + " has no "
              + (done.hasOpening() ? "closing balance (:62F:)" : "opening balance (:60F:)")
              + ": the file is cut short. Fetch it from the bank again.");
    }
    done.end();
    statements++;
    statement = null;
  }

  private record Stated(boolean credit, @Nullable LocalDate on, String currency, String amount) {

    java.math.BigDecimal signed(Mt940Fields.Field field) {
      var value = DecimalText.swift(amount, field.place());
      return credit ? value : value.negate();
    }
  }

  private static Stated stated(Mt940Fields.Field field) {
    Matcher parts = BALANCE.matcher(field.first());
    if (!parts.matches()) {
      throw field
          .place()
          .unreadable(
              "':"
                  + field.tag()
                  + ":"
                  + Excerpt.of(field.first())
                  + "' is not a balance. Fetch the file from the bank again.");
    }
    return new Stated(
        parts.group(1).equals("C"),
        FileDay.sixDigits(parts.group(2)),
        parts.group(3),
        parts.group(4));
  }
}
