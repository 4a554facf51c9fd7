package io.countersign.server.reconciliation.statement;

import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads BAI2, the American banks' balance report: groups of accounts, each level with a trailer
/// that controls it. A total or a count that differs quarantines what it controls; a missing
/// trailer is a file cut short.
final class Bai2Reader {

  // The heads of statements wait for the file's trailer.
  private static final int ACCOUNTS_MAX = 100_000;

  private final Bai2Records records;
  private final StatementSink sink;
  private final List<Bai2Group> groups = new ArrayList<>();
  private Bai2Control control = new Bai2Control("file", "groups");
  private @Nullable Bai2Group group;
  private boolean inFile;
  private String number = "";
  private int accounts;
  private Place last = Place.START;

  Bai2Reader(TextLines text, StatementSink sink) {
    this.records = new Bai2Records(text);
    this.sink = sink;
  }

  void read() throws IOException {
    for (Bai2Record record = records.next(); record != null; record = records.next()) {
      last = record.place();
      take(record);
    }
    if (inFile) {
      throw last.unreadable(
          "The file has no trailer (99): it is cut short. Fetch it from the bank again.");
    }
    if (accounts == 0) {
      throw last.unreadable("The BAI2 file holds no account (03). Fetch it from the bank again.");
    }
  }

  private void take(Bai2Record record) {
    switch (record.code()) {
      case "01" -> begin(record);
      case "02" -> {
        if (!inFile || group != null) {
          throw unexpected(
              record, inFile ? "the group before has no trailer (98)" : "no file (01)");
        }
        group = new Bai2Group(record);
      }
      case "03" -> {
        if (++accounts > ACCOUNTS_MAX) {
          throw record.place().unreadable("The file has more than " + ACCOUNTS_MAX + " accounts.");
        }
        inGroup(record).open(record, number, sink);
      }
      case "16" -> inGroup(record).detail(record);
      case "49" -> inGroup(record).closeAccount(record);
      case "98" -> closeGroup(record);
      default -> closeFile(record);
    }
  }

  // Banks put one file behind another.
  private void begin(Bai2Record header) {
    if (inFile) {
      throw unexpected(header, "the file before has no trailer (99)");
    }
    inFile = true;
    control = new Bai2Control("file", "groups");
    control.records(header.physical());
    header.next();
    header.next();
    String created = header.next();
    header.next();
    number = (created + "/" + header.next()).strip();
  }

  private Bai2Group inGroup(Bai2Record record) {
    if (group == null) {
      throw unexpected(record, "no group (02) is open");
    }
    return group;
  }

  private void closeGroup(Bai2Record trailer) {
    Bai2Group closed = inGroup(trailer);
    control.add(closed.close(trailer));
    control.part();
    control.records(closed.records());
    groups.add(closed);
    group = null;
  }

  private void closeFile(Bai2Record trailer) {
    if (!inFile || group != null) {
      throw unexpected(trailer, inFile ? "the group before has no trailer (98)" : "no file (01)");
    }
    control.records(trailer.physical());
    List<StatementProblem> problems = new ArrayList<>();
    control.check(trailer, true, problems);
    groups.forEach(each -> each.end(problems));
    groups.clear();
    inFile = false;
  }

  static UnreadableStatement unexpected(Bai2Record record, String why) {
    return record
        .place()
        .unreadable(
            "This record ("
                + record.code()
                + ") cannot stand here: "
                + why
                + ". Fetch the file from the bank again.");
  }

  /// YYMMDD, or YYYYMMDD as some banks have it; null for a day that does not exist.
  static @Nullable LocalDate day(String text) {
    if (text.matches("\\d{6}")) {
      return FileDay.sixDigits(text);
    }
    try {
      return text.matches("\\d{8}")
          ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
          : null;
    } catch (DateTimeParseException noSuchDay) {
      return null;
    }
  }
}
