package io.countersign.server.guards;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes request bodies that no endpoint may accept out of one that fits its schema.
///
/// @param document the generated OpenAPI document
/// @param samples what a field of this name is given, as JSON, so that a request gets past the
///   checks of form
record BadBodies(JsonNode document, Map<String, String> samples) {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int DEPTH_MAX = 32;
  private static final int BODY_MAX = 8 * 1024 * 1024;

  /// A body and what is wrong with it.
  record Body(String why, String text, Charset charset) {
    Body(String why, String text) {
      this(why, text, StandardCharsets.UTF_8);
    }

    byte[] bytes() {
      return text.getBytes(charset);
    }
  }

  /// Bodies that are wrong whatever the endpoint is for.
  static List<Body> malformed() {
    return List.of(
        new Body("no JSON", "{"),
        new Body("null", "null"),
        new Body("an array", "[]"),
        new Body("a text", "\"x\""),
        new Body("something behind it", "{} x"),
        new Body("one key twice", "{\"reason\": \"a\", \"reason\": \"b\"}"),
        new Body("an unknown field", "{\"zzz\": 1}"),
        new Body("the character NUL", "{\"zzz\": \"a\\u0000b\"}"),
        new Body("half a surrogate pair", "{\"zzz\": \"\\ud800\"}"),
        new Body("too deep", "{\"a\":".repeat(DEPTH_MAX + 1) + "1" + "}".repeat(DEPTH_MAX + 1)),
        new Body("not UTF-8", "{\"\u00ff\": 1}", StandardCharsets.ISO_8859_1));
  }

  static Body oversized() {
    return new Body("too large", "{\"zzz\": \"" + "x".repeat(BODY_MAX + 2_000_000) + "\"}");
  }

  /// A body that fits the schema of `POST path`; an empty object where it takes none.
  ObjectNode fitting(String method, String path) {
    JsonNode schema =
        document
            .path("paths")
            .path(path)
            .path(method)
            .path("requestBody")
            .path("content")
            .path("application/json")
            .path("schema");
    return sample("", schema) instanceof ObjectNode object ? object : JSON.createObjectNode();
  }

  /// Each field, also within others, replaced by what it must not be, and fields nobody knows.
  static List<Body> ofWrongTypes(ObjectNode fitting) {
    List<Body> bad = new ArrayList<>();
    for (List<String> path : fields(fitting, List.of())) {
      bad.add(changed(fitting, path, "of a wrong type", old -> JSON.readTree("[[]]")));
    }
    ObjectNode more = fitting.deepCopy();
    more.put("zzz", 1);
    bad.add(new Body("a field more", more.toString()));
    return bad;
  }

  /// Amounts that cannot be meant, wherever there is an amount.
  static List<Body> ofWrongMoney(ObjectNode fitting) {
    List<Body> bad = new ArrayList<>();
    for (List<String> path : fields(fitting, List.of())) {
      if (path.getLast().equals("minorUnits")) {
        for (String amount : List.of("0", "-1", "1.5", "\"1\"", "9223372036854775808", "1e3")) {
          bad.add(changed(fitting, path, amount, old -> JSON.readTree(amount)));
        }
        // One side of a balanced set alone, or an amount that nobody has.
        bad.add(
            changed(
                fitting,
                path,
                "too much",
                old -> JSON.getNodeFactory().numberNode(Long.MAX_VALUE)));
      }
      if (path.getLast().equals("currency")) {
        // Of an amount another real currency is wrong, too; of an account or a limit it is not.
        boolean ofAmount = path.size() > 1 && path.get(path.size() - 2).equals("amount");
        for (String currency :
            ofAmount ? List.of("XQX", "eur", "", "USD") : List.of("XQX", "eur", "")) {
          bad.add(
              changed(fitting, path, currency, old -> JSON.getNodeFactory().stringNode(currency)));
        }
      }
    }
    return bad;
  }

  /// Texts that might be taken for something else: some endpoints may well accept them.
  static List<Body> ofOddTexts(ObjectNode fitting) {
    List<Body> odd = new ArrayList<>();
    List<String> texts =
        List.of(
            "'; DROP TABLE journal.entry; --",
            "%_\\",
            "${jndi:ldap://127.0.0.1/a}",
            " ",
            "\u202e\uffff\ud83d\ude00",
            "x".repeat(300_000));
    for (List<String> path : fields(fitting, List.of())) {
      JsonNode old = fitting.at("/" + String.join("/", path));
      if (old.isString()) {
        for (String text : texts) {
          odd.add(
              changed(
                  fitting,
                  path,
                  text.substring(0, Math.min(20, text.length())),
                  it -> JSON.getNodeFactory().stringNode(text)));
        }
      }
    }
    return odd;
  }

  private static Body changed(
      ObjectNode fitting, List<String> path, String why, UnaryOperator<JsonNode> change) {
    ObjectNode copy = fitting.deepCopy();
    JsonNode holder = copy;
    for (String step : path.subList(0, path.size() - 1)) {
      holder = holder.isArray() ? holder.get(Integer.parseInt(step)) : holder.get(step);
    }
    String last = path.getLast();
    if (holder instanceof ArrayNode array) {
      array.set(Integer.parseInt(last), change.apply(array.get(Integer.parseInt(last))));
    } else if (holder instanceof ObjectNode object) {
      object.set(last, change.apply(object.get(last)));
    }
    return new Body(String.join(".", path) + ": " + why, copy.toString());
  }

  /// Paths to all fields; of arrays only the first item, since the others are alike.
  private static List<List<String>> fields(JsonNode node, List<String> at) {
    List<List<String>> found = new ArrayList<>();
    if (node.isObject()) {
      for (String name : node.propertyNames()) {
        List<String> path = plus(at, name);
        found.add(path);
        found.addAll(fields(node.get(name), path));
      }
    } else if (node.isArray() && !node.isEmpty()) {
      found.addAll(fields(node.get(0), plus(at, "0")));
    }
    return found;
  }

  private static List<String> plus(List<String> path, String step) {
    List<String> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }

  private JsonNode sample(String name, JsonNode schema) {
    String given = samples.get(name);
    if (given != null) {
      return JSON.readTree(given);
    }
    String reference = schema.path("$ref").asString("");
    if (!reference.isEmpty()) {
      return sample(name, document.at(reference.substring(1)));
    }
    if (schema.path("enum").isArray()) {
      return schema.path("enum").get(0);
    }
    if (schema.has("properties")) {
      ObjectNode object = JSON.createObjectNode();
      JsonNode properties = schema.get("properties");
      for (String property : properties.propertyNames()) {
        object.set(property, sample(property, properties.get(property)));
      }
      return object;
    }
    return switch (type(schema)) {
      case "array" -> JSON.createArrayNode().add(sample("", schema.path("items")));
      case "integer", "number" -> JSON.getNodeFactory().numberNode(1);
      case "boolean" -> JSON.getNodeFactory().booleanNode(false);
      case "object" -> JSON.createObjectNode();
      default -> JSON.getNodeFactory().stringNode("x");
    };
  }

  private static String type(JsonNode schema) {
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      for (JsonNode each : type) {
        if (!each.asString().equals("null")) {
          return each.asString();
        }
      }
    }
    return type.asString("string");
  }
}
