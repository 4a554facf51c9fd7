package io.countersign.server.payments;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Applies changes to statuses, live and when a row is rebuilt from its events.
final class StatusJson {

  // Not the contract's mapper: what is stored must not change with what is served.
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> FIELDS =
      new TypeReference<>() {};

  private StatusJson() {}

  static PaymentStatus apply(
      PaymentStatus status, Map<String, @Nullable Object> changed, Instant at) {
    Map<String, @Nullable Object> fields = fields(status);
    fields.putAll(changed);
    fields.put("updatedAt", at.toString());
    return JSON.convertValue(fields, PaymentStatus.class);
  }

  /// A status by the names that events use.
  static Map<String, @Nullable Object> fields(PaymentStatus status) {
    return new LinkedHashMap<>(JSON.convertValue(status, FIELDS));
  }

  static String write(Map<String, @Nullable Object> fields) {
    return JSON.writeValueAsString(fields);
  }

  static Map<String, @Nullable Object> read(String json) {
    return JSON.readValue(json, FIELDS);
  }
}
