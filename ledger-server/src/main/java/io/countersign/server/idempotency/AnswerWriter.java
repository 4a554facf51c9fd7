package io.countersign.server.idempotency;

import io.countersign.server.api.Answer;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemDocument;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Turns an answer into the bytes that are sent, stored and sent again.
@Component
class AnswerWriter {

  private final JsonMapper json;

  AnswerWriter(JsonMapper json) {
    this.json = json;
  }

  StoredAnswer write(Answer answer) {
    return new StoredAnswer(
        answer.status(), MediaType.APPLICATION_JSON_VALUE, json.writeValueAsBytes(answer.body()));
  }

  StoredAnswer write(KeyedRequest request, Problem problem) {
    return new StoredAnswer(
        problem.status(),
        ProblemDocument.MEDIA_TYPE,
        json.writeValueAsBytes(ProblemDocument.of(problem, request.path())));
  }
}
