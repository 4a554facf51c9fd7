package io.countersign.server.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// Says in the sender's terms what Jackson found wrong: the field's path and what belongs there,
/// without the names of our classes.
public final class JsonFaults {

  private JsonFaults() {}

  public static Problem problem(JacksonException fault) {
    return problem("", fault);
  }

  /// @param at where in the body the faulty value stands, such as `transactions[3]`
  public static Problem problem(String at, JacksonException fault) {
    String path = path(fault);
    String field = at.isEmpty() || path.isEmpty() ? at + path : at + '.' + path;
    String message = message(fault);
    return field.isEmpty()
        ? Problems.invalidRequest("The body " + message + ".")
        : Problems.invalidRequest(field, message);
  }

  private static String path(JacksonException fault) {
    StringBuilder path = new StringBuilder();
    for (JacksonException.Reference step : fault.getPath()) {
      if (step.getPropertyName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
      }
    }
    return path.toString();
  }

  private static String message(JacksonException fault) {
    String original = String.valueOf(fault.getOriginalMessage());
    return switch (fault) {
      case UnrecognizedPropertyException unknown -> "is not a field of this request";
      case ValueInstantiationException refused when refused.getCause() != null ->
          String.valueOf(refused.getCause().getMessage());
      case MismatchedInputException mismatch -> mismatch(mismatch, original);
      default -> "is not as it must be: " + firstLine(original);
    };
  }

  private static String mismatch(MismatchedInputException mismatch, String original) {
    if (original.startsWith("Missing required") || original.startsWith("Invalid `null`")) {
      return "is required and must not be null";
    }
    if (original.startsWith("No content")) {
      return "is empty; send a JSON object";
    }
    if (original.startsWith("Trailing token")) {
      return "is followed by something else";
    }
    boolean ours = !original.startsWith("Cannot ") && !original.contains("`");
    return ours ? firstLine(original) : "must be " + expected(mismatch.getTargetType());
  }

  private static String expected(@Nullable Class<?> type) {
    if (type == null) {
      return "of another type";
    }
    if (type.isEnum()) {
      return "one of "
          + Arrays.stream(type.getEnumConstants())
              .map(JsonFaults::wire)
              .collect(Collectors.joining(", "));
    }
    if (type == long.class || type == int.class || Number.class.isAssignableFrom(type)) {
      return "a JSON integer within range, without quotes or fraction";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (Iterable.class.isAssignableFrom(type)) {
      return "a JSON array";
    }
    return type.isRecord() && !io.countersign.model.id.TypedId.class.isAssignableFrom(type)
        ? "a JSON object"
        : "a JSON string";
  }

  private static String wire(Object constant) {
    return constant instanceof io.countersign.model.WireName name
        ? name.wire()
        : constant.toString();
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("").strip();
    return line.isEmpty()
        ? line
        : line.substring(0, 1).toLowerCase(Locale.ROOT) + line.substring(1);
  }
}
