package io.countersign.server.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/// One text for all JSON texts that mean the same: keys sorted, white space gone, numbers as
/// written.
///
/// Reads strictly: UTF-8, no key twice, at most 32 levels, nothing after the value; and refuses
/// what PostgreSQL's text cannot keep, NUL and surrogates without their other half.
public final class CanonicalJson {

  public static final int DEPTH_MAX = 32;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private CanonicalJson() {}

  /// @throws ProblemException 400 `invalid-request` when this is no JSON that a request may hold
  public static String of(byte[] utf8) {
    try {
      return of(
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(utf8))
              .toString());
    } catch (CharacterCodingException e) {
      throw Problems.invalidRequest("The body is not valid UTF-8.").asException();
    }
  }

  /// @throws ProblemException 400 `invalid-request` when this is no JSON that a request may hold
  public static String of(String json) {
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() == null) {
        throw Problems.invalidRequest("The body is empty; send a JSON object.").asException();
      }
      StringBuilder canonical = new StringBuilder(json.length());
      append(parser, canonical);
      if (parser.nextToken() != null) {
        throw Problems.invalidRequest("Something follows the JSON value.").asException();
      }
      return canonical.toString();
    } catch (JacksonException e) {
      throw Problems.invalidRequest("The body is not JSON: " + e.getOriginalMessage())
          .asException();
    }
  }

  private static void append(JsonParser parser, StringBuilder canonical) {
    switch (parser.currentToken()) {
      case START_OBJECT -> appendObject(parser, canonical);
      case START_ARRAY -> appendArray(parser, canonical);
      case VALUE_STRING -> appendText(parser.getString(), canonical);
      // As written: 1.0 and 1 are different requests, and no digit is lost on the way.
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> canonical.append(parser.getString());
      case VALUE_TRUE -> canonical.append("true");
      case VALUE_FALSE -> canonical.append("false");
      case VALUE_NULL -> canonical.append("null");
      default -> throw new IllegalStateException("unexpected token " + parser.currentToken());
    }
  }

  private static void appendObject(JsonParser parser, StringBuilder canonical) {
    Map<String, String> members = new TreeMap<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      StringBuilder value = new StringBuilder();
      append(parser, value);
      members.put(name, value.toString());
    }
    canonical.append('{');
    String separator = "";
    for (Map.Entry<String, String> member : members.entrySet()) {
      canonical.append(separator);
      appendText(member.getKey(), canonical);
      canonical.append(':').append(member.getValue());
      separator = ",";
    }
    canonical.append('}');
  }

  private static void appendArray(JsonParser parser, StringBuilder canonical) {
    canonical.append('[');
    String separator = "";
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      canonical.append(separator);
      append(parser, canonical);
      separator = ",";
    }
    canonical.append(']');
  }

  private static void appendText(String text, StringBuilder canonical) {
    requireStorable(text);
    canonical
        .append('"')
        .append(JsonStringEncoder.getInstance().quoteAsCharArray(text))
        .append('"');
  }

  private static void requireStorable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character == 0) {
        throw Problems.invalidRequest("Text must not hold the character NUL.").asException();
      }
      if (Character.isSurrogate(character)) {
        boolean pair =
            Character.isHighSurrogate(character)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!pair) {
          throw Problems.invalidRequest("Text holds half of a surrogate pair.").asException();
        }
        i++;
      }
    }
  }
}
