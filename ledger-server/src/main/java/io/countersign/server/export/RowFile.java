package io.countersign.server.export;

import io.countersign.model.exports.CurrencyTotal;
import io.countersign.seal.JournalLine;
import io.countersign.seal.Sha256;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Writes the rows of an export and adds them up on the way.
final class RowFile implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final OutputStream out;
  private final MessageDigest digest = Sha256.digest();
  private final StringBuilder line = new StringBuilder();
  private final TreeMap<String, BigInteger> debits = new TreeMap<>();
  private final TreeMap<String, BigInteger> credits = new TreeMap<>();
  private long rows;

  RowFile(Path draft) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(draft), BUFFER);
  }

  void write(JournalLine row) {
    line.setLength(0);
    row.write(line);
    line.append('\n');
    byte[] bytes = line.toString().getBytes(StandardCharsets.UTF_8);
    digest.update(bytes);
    try {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    BigInteger amount = BigInteger.valueOf(row.entry().amount());
    (amount.signum() > 0 ? debits : credits)
        .merge(row.entry().currency(), amount.abs(), BigInteger::add);
    rows++;
  }

  long rows() {
    return rows;
  }

  List<CurrencyTotal> debitTotals() {
    return totals(debits);
  }

  List<CurrencyTotal> creditTotals() {
    return totals(credits);
  }

  /// Of everything written, once.
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private static List<CurrencyTotal> totals(Map<String, BigInteger> sums) {
    return sums.entrySet().stream()
        .map(sum -> new CurrencyTotal(sum.getKey(), sum.getValue()))
        .toList();
  }
}
