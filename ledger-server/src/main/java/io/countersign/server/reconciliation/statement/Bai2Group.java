package io.countersign.server.reconciliation.statement;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One group of a BAI2 file (02 to 98): the accounts of one bank on one day.
final class Bai2Group {

  private static final String CURRENCY_OTHERWISE = "USD";
  private static final String DELETION = "2";
  private static final String TEST = "4";
  private static final String INTERIM_SAME_DAY = "3";

  private final Bai2Control control = new Bai2Control("group", "accounts");
  private final List<Bai2Account> accounts = new ArrayList<>();
  private final List<StatementProblem> problems = new ArrayList<>();
  private final String currency;
  private final @Nullable LocalDate asOf;
  private @Nullable Bai2Account account;

  /// Reads the header: receiver, originator, status, as-of date and time, currency, modifier.
  Bai2Group(Bai2Record header) {
    control.records(header.physical());
    header.next();
    header.next();
    refuse(header, header.next());
    this.asOf = Bai2Reader.day(header.next());
    header.next();
    String named = header.next();
    this.currency = named.isEmpty() ? CURRENCY_OTHERWISE : named;
    if (header.next().equals(INTERIM_SAME_DAY)) {
      throw header
          .place()
          .unreadable(
              "This is a BAI2 report within the day (as-of date modifier 3). Upload the report of"
                  + " the whole day instead.");
    }
  }

  private static void refuse(Bai2Record header, String status) {
    if (status.equals(DELETION)) {
      throw header
          .place()
          .unreadable(
              "This group deletes what an earlier file said (status 2), which cannot be undone"
                  + " here. Upload the corrected report instead.");
    }
    if (status.equals(TEST)) {
      throw header
          .place()
          .unreadable("This group is a test of the bank's (status 4) and says nothing true.");
    }
  }

  void open(Bai2Record identifier, String number, StatementSink sink) {
    if (account != null) {
      throw Bai2Reader.unexpected(identifier, "the account before has no trailer (49)");
    }
    account = new Bai2Account(identifier, currency, asOf, number, sink);
  }

  void detail(Bai2Record detail) {
    inAccount(detail).detail(detail);
  }

  void closeAccount(Bai2Record trailer) {
    Bai2Account closed = inAccount(trailer);
    control.add(closed.close(trailer));
    control.part();
    control.records(closed.records());
    accounts.add(closed);
    account = null;
  }

  private Bai2Account inAccount(Bai2Record record) {
    if (account == null) {
      throw Bai2Reader.unexpected(record, "no account (03) is open");
    }
    return account;
  }

  /// Reads the trailer.
  ///
  /// @return the total that it states
  BigInteger close(Bai2Record trailer) {
    if (account != null) {
      throw Bai2Reader.unexpected(trailer, "the account before has no trailer (49)");
    }
    control.records(trailer.physical());
    return control.check(trailer, true, problems);
  }

  int records() {
    return control.records();
  }

  /// Delivers its statements.
  ///
  /// @param ofFile what is wrong with the file as a whole
  void end(List<StatementProblem> ofFile) {
    problems.addAll(ofFile);
    accounts.forEach(each -> each.end(problems));
  }
}
