package io.countersign.server.journal;

import io.countersign.server.api.ProblemDocument;
import io.countersign.server.idempotency.StoredAnswer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/// Writes the answer to an independent batch: each item's answer goes in as the bytes that its key
/// keeps.
final class BatchResults {

  private static final int CREATED = 201;

  private final JsonMapper json;
  private final String path;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonGenerator out;

  /// @param path of the batch, which problems name as their `instance`
  BatchResults(JsonMapper json, String path) {
    this.json = json;
    this.path = path;
    this.out = json.createGenerator(bytes);
    out.writeStartObject();
    out.writeName("results");
    out.writeStartArray();
  }

  void add(@Nullable String key, GroupCommit.Outcome outcome) {
    switch (outcome) {
      case GroupCommit.Outcome.Kept kept -> {
        StoredAnswer answer = kept.answer().answer();
        add(
            key,
            answer.status(),
            kept.answer().replayed(),
            new String(answer.body(), StandardCharsets.UTF_8));
      }
      case GroupCommit.Outcome.Failed failed -> {
        var problem = failed.problem().problem();
        add(
            key,
            problem.status(),
            false,
            json.writeValueAsString(ProblemDocument.of(problem, path)));
      }
    }
  }

  byte[] end() {
    out.writeEndArray();
    out.writeEndObject();
    out.close();
    return bytes.toByteArray();
  }

  private void add(@Nullable String key, int status, boolean replayed, String body) {
    out.writeStartObject();
    out.writeStringProperty("idempotencyKey", key);
    out.writeNumberProperty("status", status);
    out.writeBooleanProperty("replayed", replayed);
    out.writeName(status == CREATED ? "transaction" : "problem");
    out.writeRawValue(body);
    out.writeEndObject();
  }
}
