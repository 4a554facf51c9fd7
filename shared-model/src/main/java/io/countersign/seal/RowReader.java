package io.countersign.seal;

import io.countersign.model.exports.CurrencyTotal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Reads the rows of an export, transaction by transaction, and adds them up on the way.
final class RowReader implements AutoCloseable {

  /// The lines of one transaction.
  ///
  /// @param firstLine from 1
  record Group(long firstLine, List<JournalLine> lines) {}

  /// This line cannot be read.
  static final class BadLine extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final long line;

    BadLine(long line, String problem) {
      super(problem);
      this.line = line;
    }

    long line() {
      return line;
    }
  }

  private final MessageDigest digest = Sha256.digest();
  private final BufferedReader reader;
  private final TreeMap<String, BigInteger> debits = new TreeMap<>();
  private final TreeMap<String, BigInteger> credits = new TreeMap<>();
  private @Nullable JournalLine next;
  private long lines;

  RowReader(Path file) throws IOException {
    reader =
        new BufferedReader(
            new InputStreamReader(
                new DigestInputStream(Files.newInputStream(file), digest), StandardCharsets.UTF_8));
    advance();
  }

  /// The lines of the next transaction; null at the end of the file.
  @Nullable Group group() throws IOException {
    if (next == null) {
      return null;
    }
    long first = lines;
    long sequence = next.transaction().sequence();
    List<JournalLine> group = new ArrayList<>(2);
    while (next != null && next.transaction().sequence() == sequence) {
      group.add(next);
      advance();
    }
    return new Group(first, group);
  }

  /// How many lines have been read; at the end of the file, all.
  long lines() {
    return lines;
  }

  /// Of the whole file, once it has been read to its end.
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  List<CurrencyTotal> debitTotals() {
    return totals(debits);
  }

  List<CurrencyTotal> creditTotals() {
    return totals(credits);
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void advance() throws IOException {
    String line = reader.readLine();
    if (line == null) {
      next = null;
      return;
    }
    lines++;
    try {
      next = JournalLine.parse(line);
    } catch (IllegalArgumentException e) {
      throw new BadLine(lines, Objects.requireNonNullElse(e.getMessage(), "cannot be read"));
    }
    BigInteger amount = BigInteger.valueOf(next.entry().amount());
    (amount.signum() > 0 ? debits : credits)
        .merge(next.entry().currency(), amount.abs(), BigInteger::add);
  }

  private static List<CurrencyTotal> totals(Map<String, BigInteger> sums) {
    return sums.entrySet().stream()
        .map(sum -> new CurrencyTotal(sum.getKey(), sum.getValue()))
        .toList();
  }
}
