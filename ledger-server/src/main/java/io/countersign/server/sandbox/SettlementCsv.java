package io.countersign.server.sandbox;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The settlement as a table with a header, in RFC 4180's form.
final class SettlementCsv {

  private static final String HEADER =
      "created_at,type,provider_reference,merchant_key,merchant_reference,gross,fee,net,currency,"
          + "payout_id";

  private SettlementCsv() {}

  static String write(List<Settlement.Row> rows) {
    StringBuilder csv = new StringBuilder(HEADER).append("\r\n");
    for (Settlement.Row row : rows) {
      csv.append(line(row)).append("\r\n");
    }
    return csv.toString();
  }

  private static String line(Settlement.Row row) {
    return List.of(
            row.at().toString(),
            row.kind().name().toLowerCase(Locale.ROOT),
            row.reference(),
            row.key(),
            row.merchantReference(),
            row.grossAmount().inMajorUnits(),
            row.feeAmount().inMajorUnits(),
            row.netAmount().inMajorUnits(),
            row.currency(),
            row.payout())
        .stream()
        .map(SettlementCsv::quoted)
        .collect(Collectors.joining(","));
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(each -> each == ',' || each == '"' || each < ' ');
    return plain ? field : "\"" + field.replace("\"", "\"\"") + "\"";
  }
}
