package io.countersign.server.payments.provider;

import io.countersign.model.CurrencyCode;
import io.countersign.model.InvalidMoney;
import io.countersign.model.Money;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What the sandbox acquirer says about a key (`docs/sandbox.md`, "The provider API"), read without
/// trust: whatever is not exactly that is [Unreadable].
sealed interface SandboxAnswer {

  record Moved(ProviderReference reference, Instant at) implements SandboxAnswer {}

  record Declined(String code) implements SandboxAnswer {}

  record Cancelled() implements SandboxAnswer {}

  record NoSuch() implements SandboxAnswer {}

  record Unreadable() implements SandboxAnswer {}

  /// Which of the two things an answer must be about, and what they are called there.
  enum Subject {
    CHARGE("charged"),
    REFUND("refunded");

    private final String moved;

    Subject(String moved) {
      this.moved = moved;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  record RawAmount(@Nullable Long minorUnits, @Nullable String currency) {

    Optional<Money> money() {
      if (minorUnits == null || currency == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(new Money(minorUnits, CurrencyCode.of(currency)));
      } catch (InvalidMoney unknown) {
        return Optional.empty();
      }
    }
  }

  /// The wire form, any part of which may be missing.
  record Raw(
      @Nullable String kind,
      @Nullable String key,
      @Nullable String reference,
      @Nullable String status,
      @Nullable String declineCode,
      @Nullable RawAmount amount,
      @Nullable Instant at,
      @Nullable String error) {

    boolean isAbout(Subject subject, ProviderKey asked) {
      return subject.word().equals(kind) && asked.value().equals(key);
    }

    Optional<Money> money() {
      return amount == null ? Optional.empty() : amount.money();
    }

    SandboxAnswer outcome(Subject subject) {
      if (subject.moved.equals(status) && reference != null && at != null) {
        return new Moved(new ProviderReference(reference), at);
      }
      return switch (status) {
        case "declined" -> new Declined(declineCode == null ? "declined" : declineCode);
        case "cancelled" -> new Cancelled();
        case null, default -> new Unreadable();
      };
    }
  }

  JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /// @param amount what the operation must be about; a different one makes the answer unreadable
  static SandboxAnswer read(
      Attempt.Answered answered, Subject subject, ProviderKey key, Money amount) {
    if (!answered.contentType().startsWith("application/json")) {
      return new Unreadable();
    }
    return parse(answered.body(), Raw.class)
        .map(raw -> judge(raw, answered.status(), subject, key, amount))
        .orElseGet(Unreadable::new);
  }

  private static SandboxAnswer judge(
      Raw raw, int status, Subject subject, ProviderKey key, Money amount) {
    if (status == 404) {
      boolean absent =
          ("no_such_" + subject.word()).equals(raw.error()) && key.value().equals(raw.key());
      return absent ? new NoSuch() : new Unreadable();
    }
    if (!raw.isAbout(subject, key) || !raw.money().equals(Optional.of(amount))) {
      return new Unreadable();
    }
    SandboxAnswer outcome = raw.outcome(subject);
    // Where status line and body disagree, somebody in between has touched the answer.
    boolean agreed =
        switch (outcome) {
          case Moved _ -> status == 200 || status == 201 || status == 409;
          case Declined _ -> status == 200 || status == 402 || status == 409;
          case Cancelled _ -> status == 200 || status == 409;
          case NoSuch _, Unreadable _ -> false;
        };
    return agreed ? outcome : new Unreadable();
  }

  static <T> Optional<T> parse(String json, Class<T> type) {
    try {
      return Optional.ofNullable(MAPPER.readValue(json, type));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
