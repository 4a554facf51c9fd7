package io.countersign.server.payments.provider;

/// How one request over the network ended.
sealed interface Attempt {

  /// A whole HTTP answer of a size worth reading.
  ///
  /// @param contentType blank when it names none
  record Answered(int status, String contentType, String body) implements Attempt {}

  /// No connection came about, so nothing was sent.
  record Refused() implements Attempt {}

  /// The connection broke, or what came over it was no HTTP answer; the request may have arrived.
  record Broken(String why) implements Attempt {}

  /// The time was over; the request may have arrived.
  record TimedOut() implements Attempt {}
}
