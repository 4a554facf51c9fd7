package io.countersign.server.api.web;

import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// Reads `Idempotency-Key`: 1–255 visible characters, bare or as a quoted string (RFC 8941, section
/// 3.3.3, as draft-ietf-httpapi-idempotency-key-header asks).
final class IdempotencyKeyHeader {

  static final String NAME = "Idempotency-Key";

  private static final Pattern ESCAPED = Pattern.compile("\\\\([\"\\\\])");

  private IdempotencyKeyHeader() {}

  /// @throws io.countersign.server.api.ProblemException 400 `idempotency-key-missing`, or
  ///   `invalid-request` when it is malformed
  static String read(HttpServletRequest request) {
    List<String> values = Collections.list(request.getHeaders(NAME));
    if (values.isEmpty() || values.stream().allMatch(String::isBlank)) {
      throw KeyedRequest.keyMissing(
              "Send a header Idempotency-Key: a new unique value for each new request, and the same"
                  + " one when you repeat it.")
          .asException();
    }
    if (values.size() > 1) {
      throw malformed("is sent more than once");
    }
    String key = unquoted(values.getFirst().strip());
    if (!KeyedRequest.isKey(key)) {
      throw malformed("must be 1 to 255 visible ASCII characters");
    }
    return key;
  }

  private static String unquoted(String value) {
    if (!value.startsWith("\"")) {
      return value;
    }
    if (value.length() < 2 || !value.endsWith("\"")) {
      throw malformed("opens a quote that it does not close");
    }
    return ESCAPED.matcher(value.substring(1, value.length() - 1)).replaceAll("$1");
  }

  private static RuntimeException malformed(String why) {
    return Problems.invalidRequest(NAME, why).asException();
  }
}
