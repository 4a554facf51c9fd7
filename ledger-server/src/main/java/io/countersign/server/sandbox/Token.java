package io.countersign.server.sandbox;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a payment method makes of a send. A token behaves alike at every send.
enum Token {
  TOK_OK(Manner.ANSWERS, true),
  TOK_SLOW(Manner.ANSWERS_SLOWLY, true),
  TOK_DECLINED(Manner.ANSWERS, true),
  TOK_CHARGED_NO_ANSWER(Manner.DROPS, true),
  TOK_NOT_CHARGED_NO_ANSWER(Manner.DROPS, true),
  TOK_LATE_WEBHOOK(Manner.HANGS, false),
  TOK_FLAKY(Manner.ANSWERS, true),
  TOK_SILENT(Manner.HANGS, false),
  /// A payment method that nobody issued: declined.
  UNKNOWN(Manner.ANSWERS, true);

  enum Manner {
    ANSWERS,
    ANSWERS_SLOWLY,
    /// Closes the connection without a byte.
    DROPS,
    /// Keeps the connection open without a byte.
    HANGS
  }

  /// When an event goes out after the operation was decided.
  static final Duration LATE_WEBHOOK = Duration.ofSeconds(5);

  private static final int FLAKY_REFUSALS = 2;
  private static final Pattern NAMED = Pattern.compile("\\btok_[a-z_]+");

  private final Manner manner;
  private final boolean lookupsAnswer;

  Token(Manner manner, boolean lookupsAnswer) {
    this.manner = manner;
    this.lookupsAnswer = lookupsAnswer;
  }

  static Token of(String paymentMethod) {
    return named(paymentMethod).orElse(UNKNOWN);
  }

  /// A refund misbehaves when its description names a token; without one it plainly succeeds.
  static String forRefund(@Nullable String description) {
    return NAMED
        .matcher(description == null ? "" : description)
        .results()
        .map(MatchResult::group)
        .filter(word -> named(word).isPresent())
        .findFirst()
        .orElse("tok_ok");
  }

  private static Optional<Token> named(String word) {
    for (Token token : values()) {
      if (token != UNKNOWN && token.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
  }

  Manner manner() {
    return manner;
  }

  /// Whether lookups and cancellations of such a key are answered at all.
  boolean lookupsAnswer() {
    return lookupsAnswer;
  }

  boolean callsBack() {
    return manner == Manner.ANSWERS || manner == Manner.ANSWERS_SLOWLY || this == TOK_LATE_WEBHOOK;
  }

  /// @param sends how often the key has arrived, this time included
  Operation.State decide(int sends) {
    return switch (this) {
      case TOK_DECLINED, UNKNOWN -> Operation.State.DECLINED;
      case TOK_NOT_CHARGED_NO_ANSWER -> Operation.State.RECEIVED;
      case TOK_FLAKY -> sends <= FLAKY_REFUSALS ? Operation.State.RECEIVED : Operation.State.DONE;
      default -> Operation.State.DONE;
    };
  }

  @Nullable String declineCode() {
    return switch (this) {
      case TOK_DECLINED -> "card_declined";
      case UNKNOWN -> "unknown_payment_method";
      default -> null;
    };
  }
}
