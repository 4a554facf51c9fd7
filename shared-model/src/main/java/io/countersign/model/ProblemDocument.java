package io.countersign.model;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A refusal as it crosses the wire: RFC 9457, `application/problem+json`.
///
/// @param type `/problems/<slug>`, or an address that ends so
/// @param members the extra members, such as `available` of `insufficient-funds`
public record ProblemDocument(
    String type,
    @Nullable String title,
    int status,
    @Nullable String detail,
    @Nullable String instance,
    List<FieldError> errors,
    @JsonAnySetter @JsonAnyGetter Map<String, @Nullable Object> members) {

  public record FieldError(String field, String message) {}

  public ProblemDocument {
    errors = Immutable.list(errors);
    members = members == null ? new LinkedHashMap<>() : Immutable.map(members);
  }

  /// What the problem is called, such as `insufficient-funds`.
  public String slug() {
    return type.substring(type.lastIndexOf('/') + 1);
  }
}
