package io.countersign.server.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Collects everything that is wrong with a request's fields, so that its sender sees it at once.
public final class FieldChecks {

  private final List<Problem.FieldError> errors = new ArrayList<>();

  public FieldChecks required(String field, @Nullable Object value) {
    return that(value != null, field, "is required");
  }

  /// A required text of 1 to `longest` characters that is not blank.
  public FieldChecks text(String field, @Nullable String value, int longest) {
    if (value == null || value.isBlank()) {
      return that(false, field, "is required and must not be blank");
    }
    return optionalText(field, value, longest);
  }

  public FieldChecks optionalText(String field, @Nullable String value, int longest) {
    return that(
        value == null || value.length() <= longest,
        field,
        "must have at most " + longest + " characters");
  }

  public FieldChecks size(String field, @Nullable Collection<?> value, int least, int most) {
    if (value == null) {
      return that(false, field, "is required");
    }
    that(value.stream().allMatch(Objects::nonNull), field, "must not contain null");
    return that(
        value.size() >= least && value.size() <= most,
        field,
        "must have " + least + " to " + most + " items");
  }

  public FieldChecks that(boolean holds, String field, String message) {
    if (!holds) {
      errors.add(new Problem.FieldError(field, message));
    }
    return this;
  }

  /// @throws ProblemException 400 `invalid-request` naming each field, when anything is wrong
  public void orThrow() {
    if (errors.isEmpty()) {
      return;
    }
    Problem.FieldError first = errors.getFirst();
    Problem problem = Problems.invalidRequest(first.field() + " " + first.message());
    for (Problem.FieldError error : errors) {
      problem = problem.withError(error.field(), error.message());
    }
    throw problem.asException();
  }
}
