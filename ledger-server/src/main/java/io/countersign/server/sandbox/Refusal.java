package io.countersign.server.sandbox;

/// A request that is refused and had no effect.
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String error;

  private Refusal(int status, String error, String detail) {
    super(detail, null, false, false);
    this.status = status;
    this.error = error;
  }

  static Refusal invalid(String detail) {
    return new Refusal(400, "invalid_request", detail);
  }

  static Refusal keyReused(String key) {
    return new Refusal(422, "key_reused", "key " + key + " stands for another request");
  }

  static Refusal noSuchPage(String path) {
    return new Refusal(404, "no_such_page", "nothing is served at " + path);
  }

  static Refusal methodNotAllowed(String method) {
    return new Refusal(405, "method_not_allowed", method + " is not served here");
  }

  int status() {
    return status;
  }

  String error() {
    return error;
  }

  String detail() {
    return String.valueOf(getMessage());
  }
}
