package io.countersign.server.payments.provider;

import java.net.http.HttpHeaders;

/// How one request over the network ended.
sealed interface Attempt {

  /// What to tell people of an attempt that did not lead to an answer one can read.
  default String why() {
    return switch (this) {
      case Answered answered when answered.status() >= 500 ->
          "the provider answers HTTP " + answered.status();
      case Answered answered -> "an unreadable answer, HTTP " + answered.status();
      case Refused _ -> "the provider cannot be reached";
      case Broken _ -> "the connection broke before an answer";
      case TimedOut _ -> "no answer in time";
    };
  }

  /// A whole HTTP answer of a size worth reading.
  record Answered(int status, HttpHeaders headers, String body) implements Attempt {

    /// @return blank when it names none
    String contentType() {
      return headers.firstValue("Content-Type").orElse("");
    }
  }

  /// No connection came about, so nothing was sent.
  record Refused() implements Attempt {}

  /// The connection broke, or what came over it was no HTTP answer; the request may have arrived.
  record Broken(String why) implements Attempt {}

  /// The time was over; the request may have arrived.
  record TimedOut() implements Attempt {}
}
