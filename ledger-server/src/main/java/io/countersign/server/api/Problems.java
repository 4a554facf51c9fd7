package io.countersign.server.api;

/// The general problems of `docs/api.md`, section 1. What a feature alone refuses, it words itself.
public final class Problems {

  private Problems() {}

  public static Problem invalidRequest(String detail) {
    return Problem.of("invalid-request", 400, detail);
  }

  public static Problem invalidRequest(String field, String message) {
    return invalidRequest(field + ": " + message).withError(field, message);
  }

  public static Problem unauthenticated(String detail) {
    return Problem.of("unauthenticated", 401, detail);
  }

  public static Problem forbidden(String detail) {
    return Problem.of("forbidden", 403, detail);
  }

  public static Problem notFound(String what) {
    return Problem.of("not-found", 404, "There is no " + what + " that you may see.");
  }

  public static Problem methodNotAllowed(String detail) {
    return Problem.of("method-not-allowed", 405, detail);
  }

  public static Problem wrongState(String state, String detail) {
    return Problem.of("wrong-state", 409, detail).with("state", state);
  }

  public static Problem tooLarge(String detail) {
    return Problem.of("too-large", 413, detail);
  }

  public static Problem unsupportedMediaType(String detail) {
    return Problem.of("unsupported-media-type", 415, detail);
  }

  public static Problem invalidMoney(String detail) {
    return Problem.of("invalid-money", 422, detail);
  }

  public static Problem invalidTime(String detail) {
    return Problem.of("invalid-time", 422, detail);
  }

  public static Problem unavailable(String detail) {
    return Problem.of("unavailable", 503, detail);
  }
}
