package io.countersign.server.outbox;

/// What is to be told outside.
///
/// @param type one of [EventTypes#all]
/// @param subject the id of what it is about, with its prefix; its events are told in the order in
///   which they were published
/// @param data a value that becomes JSON, as it is now
public record Told(String type, String subject, Object data) {

  public Told {
    if (!EventTypes.all().contains(type)) {
      throw new IllegalArgumentException("'" + type + "' is no event type of the contract");
    }
  }
}
