package io.countersign.server.api;

import org.jspecify.annotations.Nullable;

/// What an effect answers: a status and the value that becomes the JSON body.
///
/// @param body written once as JSON, then sent, stored and replayed byte for byte
/// @param replayed what a replay gets instead, where the body holds a secret; else null
public record Answer(int status, Object body, @Nullable Object replayed) {

  public Answer(int status, Object body) {
    this(status, body, null);
  }

  public static Answer created(Object body) {
    return new Answer(201, body);
  }

  public static Answer accepted(Object body) {
    return new Answer(202, body);
  }

  public static Answer ok(Object body) {
    return new Answer(200, body);
  }

  /// The same answer, of which a replay gets another body: one without a secret that is shown once.
  public Answer replayedAs(Object other) {
    return new Answer(status, body, other);
  }
}
