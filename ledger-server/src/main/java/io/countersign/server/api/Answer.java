package io.countersign.server.api;

/// What an effect answers: a status and the value that becomes the JSON body.
///
/// @param body written once as JSON, then stored and replayed byte for byte
public record Answer(int status, Object body) {

  public static Answer created(Object body) {
    return new Answer(201, body);
  }

  public static Answer accepted(Object body) {
    return new Answer(202, body);
  }

  public static Answer ok(Object body) {
    return new Answer(200, body);
  }
}
