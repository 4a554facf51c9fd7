package io.countersign.server.model;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One request of a history, with the key it goes out under however often it is repeated. Its key
/// is its description too, so that the journal tells whose a transaction is.
sealed interface Operation {

  String key();

  /// Under the ledger.
  String path();

  String body();

  /// One side of a transaction.
  record Leg(String account, boolean debit, long minorUnits) {

    String json() {
      return """
      {"account": "%s", "direction": "%s", "amount": %s}\
      """
          .formatted(account, debit ? "DEBIT" : "CREDIT", money(minorUnits));
    }
  }

  /// A transaction, or a transfer from the first leg's account to the second's.
  record Post(String key, boolean transfer, List<Leg> legs, @Nullable LocalDate effectiveOn)
      implements Operation {

    @Override
    public String path() {
      return transfer ? "/transfers" : "/transactions";
    }

    @Override
    public String body() {
      return transfer
          ? """
          {"from": "%s", "to": "%s", "amount": %s, "description": "%s"%s}\
          """
              .formatted(
                  legs.getFirst().account(),
                  legs.getLast().account(),
                  money(legs.getFirst().minorUnits()),
                  key,
                  day())
          : "{" + inBatch() + "}";
    }

    String item() {
      return "{\"idempotencyKey\": \"%s\", %s}".formatted(key, inBatch());
    }

    String inBatch() {
      return "\"description\": \"%s\"%s, \"entries\": [%s]"
          .formatted(key, day(), legs.stream().map(Leg::json).collect(Collectors.joining(", ")));
    }

    private String day() {
      return effectiveOn == null ? "" : ", \"effectiveOn\": \"" + effectiveOn + '"';
    }
  }

  record Batch(String key, boolean atomic, List<Post> items) implements Operation {

    @Override
    public String path() {
      return "/transactions/batch";
    }

    @Override
    public String body() {
      return "{\"atomic\": %b, \"transactions\": [%s]}"
          .formatted(
              atomic,
              items.stream()
                  .map(item -> atomic ? "{" + item.inBatch() + "}" : item.item())
                  .collect(Collectors.joining(",\n")));
    }
  }

  record Reverse(String key, String transaction) implements Operation {

    @Override
    public String path() {
      return "/transactions/" + transaction + "/reversals";
    }

    @Override
    public String body() {
      return "{\"reason\": \"" + key + "\"}";
    }
  }

  record Hold(String key, String from, String to, long minorUnits, Instant expiresAt)
      implements Operation {

    @Override
    public String path() {
      return "/holds";
    }

    @Override
    public String body() {
      return """
      {"from": "%s", "to": "%s", "amount": %s, "expiresAt": "%s", "description": "%s"}\
      """
          .formatted(from, to, money(minorUnits), expiresAt, key);
    }
  }

  /// @param minorUnits null captures the whole
  record Capture(String key, String hold, @Nullable Long minorUnits) implements Operation {

    @Override
    public String path() {
      return "/holds/" + hold + "/captures";
    }

    @Override
    public String body() {
      return minorUnits == null ? "{}" : "{\"amount\": " + money(minorUnits) + "}";
    }
  }

  record Release(String key, String hold) implements Operation {

    @Override
    public String path() {
      return "/holds/" + hold + "/release";
    }

    @Override
    public String body() {
      return "{}";
    }
  }

  record Status(String key, String account, boolean freeze) implements Operation {

    @Override
    public String path() {
      return "/accounts/" + account + (freeze ? "/freeze" : "/unfreeze");
    }

    @Override
    public String body() {
      return "{\"reason\": \"" + key + "\"}";
    }
  }

  /// Closes a month.
  record Close(String key, YearMonth month) implements Operation {

    @Override
    public String path() {
      return "/periods/" + month + "/close";
    }

    @Override
    public String body() {
      return "{}";
    }
  }

  /// Proposes to reopen a month.
  record Reopen(String key, YearMonth month) implements Operation {

    @Override
    public String path() {
      return "/periods/" + month + "/reopen";
    }

    @Override
    public String body() {
      return "{\"reason\": \"" + key + "\"}";
    }
  }

  /// Agrees to reopen it.
  record Agree(String key, YearMonth month, String approval, String contentHash)
      implements Operation {

    @Override
    public String path() {
      return "/approvals/" + approval + "/approve";
    }

    @Override
    public String body() {
      return "{\"contentHash\": \"" + contentHash + "\"}";
    }
  }

  private static String money(long minorUnits) {
    return "{\"minorUnits\": " + minorUnits + ", \"currency\": \"EUR\"}";
  }
}
