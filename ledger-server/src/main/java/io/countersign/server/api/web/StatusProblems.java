package io.countersign.server.api.web;

import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.http.HttpServletRequest;

/// The problem for a bare HTTP status, where the container knows no more than that.
final class StatusProblems {

  private StatusProblems() {}

  static Problem of(int status) {
    return switch (status) {
      case 401 ->
          Problems.unauthenticated("Send Authorization: Bearer with a session token or API key.");
      case 403 -> Problems.forbidden("You may not do this.");
      case 404 -> Problems.notFound("such resource");
      case 405 -> Problems.methodNotAllowed("This method is not offered at this path.");
      case 406 -> Problem.of("not-acceptable", 406, "There is no answer in a form you accept.");
      case 413 -> Problems.tooLarge("The request is too large.");
      case 415 -> Problems.unsupportedMediaType("Send the body as application/json.");
      case 503 -> Problems.unavailable("The server cannot answer just now; try again.");
      default ->
          status >= 400 && status < 500
              ? Problem.of("invalid-request", status, "The request is malformed.")
              : internal();
    };
  }

  static Problem internal() {
    return Problem.of(
        "internal-error",
        500,
        "The server failed; nothing is known of what you asked for. Name the correlation id when"
            + " you report it.");
  }

  static Problem correlated(Problem problem, HttpServletRequest request) {
    String id = RequestContext.correlationId(request);
    return id == null ? problem : problem.with("correlationId", id);
  }
}
