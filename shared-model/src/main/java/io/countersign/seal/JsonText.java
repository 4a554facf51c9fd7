package io.countersign.seal;

import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// The canonical text of a JSON value: as RFC 8785 (keys sorted by UTF-16 code units, no white
/// space, as few escapes as possible), but with numbers as the database prints them, so that no
/// digit is lost.
public final class JsonText {

  /// Reads whatever the database may hold: a number of a few characters that a client sent can have
  /// come to a hundred thousand digits there.
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNumberLength(Integer.MAX_VALUE)
                  .maxStringLength(Integer.MAX_VALUE)
                  .maxNameLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private static final int FIRST_PRINTABLE = 0x20;

  private JsonText() {}

  /// @throws tools.jackson.core.JacksonException when this is not JSON
  public static String canonical(String json) {
    if ("{}".equals(json)) {
      return json;
    }
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      parser.nextToken();
      return canonical(parser);
    }
  }

  /// Of the value whose first token the parser is at; leaves it at the last.
  static String canonical(JsonParser parser) {
    StringBuilder text = new StringBuilder();
    append(parser, text);
    return text.toString();
  }

  private static void append(JsonParser parser, StringBuilder text) {
    switch (parser.currentToken()) {
      case START_OBJECT -> appendObject(parser, text);
      case START_ARRAY -> appendArray(parser, text);
      case VALUE_STRING -> quote(parser.getString(), text);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> text.append(parser.getString());
      case VALUE_TRUE -> text.append("true");
      case VALUE_FALSE -> text.append("false");
      case VALUE_NULL -> text.append("null");
      default -> throw new IllegalArgumentException("no JSON value: " + parser.currentToken());
    }
  }

  private static void appendObject(JsonParser parser, StringBuilder text) {
    Map<String, String> members = new TreeMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, canonical(parser));
    }
    text.append('{');
    String separator = "";
    for (Map.Entry<String, String> member : members.entrySet()) {
      text.append(separator);
      quote(member.getKey(), text);
      text.append(':').append(member.getValue());
      separator = ",";
    }
    text.append('}');
  }

  private static void appendArray(JsonParser parser, StringBuilder text) {
    text.append('[');
    String separator = "";
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      text.append(separator);
      append(parser, text);
      separator = ",";
    }
    text.append(']');
  }

  /// Appends a string in quotes, escaping only what JSON demands.
  public static void quote(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      switch (character) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\f' -> text.append("\\f");
        case '\r' -> text.append("\\r");
        default -> {
          if (character < FIRST_PRINTABLE) {
            text.append("\\u00").append(Character.forDigit(character >> 4, 16));
            text.append(Character.forDigit(character & 0xf, 16));
          } else {
            text.append(character);
          }
        }
      }
    }
    text.append('"');
  }
}
