package io.countersign.seal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/// One line of a journal export: an entry, with the transaction it belongs to. Has everything that
/// the canonical forms of both are made of; equal rows give equal bytes.
///
/// @param transaction its `metadata` is canonical text
public record JournalLine(SealedTransaction transaction, SealedEntry entry) {

  private static final String TRANSACTION_PREFIX = "txn_";

  /// Appends the line, without a line feed.
  public void write(StringBuilder json) {
    json.append("{\"sequence\":").append(transaction.sequence());
    writeHead(json);
    json.append(",\"line\":").append(entry.line());
    text(json, "account", entry.account());
    text(json, "accountId", entry.accountId().toString());
    text(json, "direction", entry.amount() > 0 ? "DEBIT" : "CREDIT");
    json.append(",\"amount\":{\"minorUnits\":")
        .append(Math.absExact(entry.amount()))
        .append(",\"currency\":");
    JsonText.quote(entry.currency(), json);
    json.append('}');
    text(json, "layer", entry.layer() == 0 ? "posted" : "pending");
    json.append(",\"layerNumber\":").append(entry.layer());
    SealedTransaction.Head head = transaction.head();
    if (head == null || !head.effectiveOn().equals(entry.effectiveOn())) {
      text(json, "entryEffectiveOn", entry.effectiveOn().toString());
    }
    json.append('}');
  }

  private void writeHead(StringBuilder json) {
    SealedTransaction.Head head = transaction.head();
    if (head == null) {
      json.append(",\"transaction\":null");
      return;
    }
    text(json, "transaction", TRANSACTION_PREFIX + head.id());
    text(json, "kind", head.kind());
    text(json, "description", head.description());
    text(json, "reference", head.reference());
    text(json, "effectiveOn", head.effectiveOn().toString());
    text(json, "recordedAt", head.recordedAt().toString());
    text(json, "recordedBy", head.recordedBy());
    text(json, "reverses", head.reverses() == null ? null : TRANSACTION_PREFIX + head.reverses());
    if (head.relatesType() == null && head.relatesId() == null) {
      json.append(",\"relatesTo\":null");
    } else {
      json.append(",\"relatesTo\":{\"type\":");
      value(json, head.relatesType());
      text(json, "id", head.relatesId());
      json.append('}');
    }
    text(json, "proposedBy", head.proposedBy());
    text(json, "decidedBy", head.decidedBy());
    json.append(",\"metadata\":").append(head.metadata());
  }

  private static void text(StringBuilder json, String name, @Nullable String value) {
    json.append(",\"").append(name).append("\":");
    value(json, value);
  }

  private static void value(StringBuilder json, @Nullable String value) {
    if (value == null) {
      json.append("null");
    } else {
      JsonText.quote(value, json);
    }
  }

  /// Reads what [#write(StringBuilder)] wrote.
  ///
  /// @throws IllegalArgumentException when this is not such a line
  public static JournalLine parse(String json) {
    try (JsonParser parser = JsonText.FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("is no JSON object");
      }
      Map<String, @Nullable String> fields = new HashMap<>();
      read(parser, "", fields);
      return of(fields);
    } catch (tools.jackson.core.JacksonException | java.time.DateTimeException e) {
      throw new IllegalArgumentException("is not a line of a journal export: " + e.getMessage(), e);
    }
  }

  // Members of members become "amount.currency"; metadata stays one text.
  private static void read(JsonParser parser, String prefix, Map<String, @Nullable String> fields) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = prefix + parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("metadata")) {
        fields.put(name, JsonText.canonical(parser));
      } else if (token == JsonToken.START_OBJECT) {
        fields.put(name, "");
        read(parser, name + ".", fields);
      } else {
        fields.put(name, token == JsonToken.VALUE_NULL ? null : parser.getString());
      }
    }
  }

  private static JournalLine of(Map<String, @Nullable String> fields) {
    SealedTransaction.@Nullable Head head = head(fields);
    String entryDay = fields.get("entryEffectiveOn");
    LocalDate day =
        entryDay == null
            ? Objects.requireNonNull(head, "neither transaction nor day").effectiveOn()
            : LocalDate.parse(entryDay);
    long units = Long.parseLong(required(fields, "amount.minorUnits"));
    return new JournalLine(
        new SealedTransaction(Long.parseLong(required(fields, "sequence")), head),
        new SealedEntry(
            Integer.parseInt(required(fields, "line")),
            UUID.fromString(required(fields, "accountId")),
            fields.get("account"),
            Integer.parseInt(required(fields, "layerNumber")),
            required(fields, "direction").equals("DEBIT") ? units : Math.negateExact(units),
            required(fields, "amount.currency"),
            day));
  }

  private static SealedTransaction.@Nullable Head head(Map<String, @Nullable String> fields) {
    String id = fields.get("transaction");
    if (id == null) {
      return null;
    }
    String reverses = fields.get("reverses");
    return new SealedTransaction.Head(
        bareId(id),
        required(fields, "kind"),
        required(fields, "description"),
        fields.get("reference"),
        LocalDate.parse(required(fields, "effectiveOn")),
        Instant.parse(required(fields, "recordedAt")),
        required(fields, "recordedBy"),
        reverses == null ? null : bareId(reverses),
        fields.get("relatesTo.type"),
        fields.get("relatesTo.id"),
        fields.get("proposedBy"),
        fields.get("decidedBy"),
        required(fields, "metadata"));
  }

  private static UUID bareId(String id) {
    if (!id.startsWith(TRANSACTION_PREFIX)) {
      throw new IllegalArgumentException("'" + id + "' is no transaction's id");
    }
    return UUID.fromString(id.substring(TRANSACTION_PREFIX.length()));
  }

  private static String required(Map<String, @Nullable String> fields, String name) {
    String value = fields.get(name);
    if (value == null) {
      throw new IllegalArgumentException("lacks '" + name + "'");
    }
    return value;
  }
}
