package io.countersign.server.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A refusal as a value: what RFC 9457 calls a problem, before it is written to the wire.
///
/// @param slug names the kind; `/problems/<slug>` is the page that explains it
/// @param status the HTTP status, 400–599
/// @param detail what is wrong with this request and what to do about it
/// @param members extra members of the document, in order, such as `available`
/// @param errors what is wrong with single fields
public record Problem(
    String slug, int status, String detail, Map<String, Object> members, List<FieldError> errors) {

  public record FieldError(String field, String message) {}

  public Problem {
    members = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(members));
    errors = List.copyOf(errors);
  }

  public static Problem of(String slug, int status, String detail) {
    return new Problem(slug, status, detail, Map.of(), List.of());
  }

  public Problem with(String member, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(members);
    more.put(member, value);
    return new Problem(slug, status, detail, more, errors);
  }

  public Problem withError(String field, String message) {
    List<FieldError> more = new java.util.ArrayList<>(errors);
    more.add(new FieldError(field, message));
    return new Problem(slug, status, detail, members, more);
  }

  /// Whether the key of the refused request is used up by the refusal: only what was decided by
  /// executing is (`docs/api.md`, section 2).
  public boolean consumesKey() {
    return switch (slug) {
      case "idempotency-key-in-use", "idempotency-key-reused", "outcome-unknown" -> false;
      default -> status == 404 || status == 409 || status == 422;
    };
  }

  public ProblemException asException() {
    return new ProblemException(this);
  }
}
