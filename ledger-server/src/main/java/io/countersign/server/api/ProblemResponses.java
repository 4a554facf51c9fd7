package io.countersign.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Answers a request with a [Problem], wherever in the server it was refused.
@Component
public class ProblemResponses {

  /// The member that says how many seconds to wait; it is also sent as `Retry-After`.
  public static final String RETRY_AFTER = "retryAfter";

  private static final int RETRY_AFTER_DEFAULT = 1;

  private final JsonMapper json;

  ProblemResponses(JsonMapper json) {
    this.json = json;
  }

  public ResponseEntity<byte[]> of(Problem problem, HttpServletRequest request) {
    HttpHeaders headers = headers(problem);
    return ResponseEntity.status(problem.status()).headers(headers).body(body(problem, request));
  }

  /// For filters, which stand before Spring MVC. Does nothing when an answer has already begun.
  public void write(Problem problem, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(problem.status());
    for (Map.Entry<String, List<String>> header : headers(problem).headerSet()) {
      response.setHeader(header.getKey(), String.join(", ", header.getValue()));
    }
    response.getOutputStream().write(body(problem, request));
    response.flushBuffer();
  }

  private byte[] body(Problem problem, HttpServletRequest request) {
    return json.writeValueAsBytes(ProblemDocument.of(problem, request.getRequestURI()));
  }

  private static HttpHeaders headers(Problem problem) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, ProblemDocument.MEDIA_TYPE);
    if (problem.status() == 401) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"countersign\"");
    }
    if (comesBack(problem)) {
      Object seconds = problem.members().getOrDefault(RETRY_AFTER, RETRY_AFTER_DEFAULT);
      headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
    }
    return headers;
  }

  private static boolean comesBack(Problem problem) {
    return problem.status() == 429
        || problem.status() == 503
        || "idempotency-key-in-use".equals(problem.slug());
  }
}
