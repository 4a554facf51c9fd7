package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.journal.TransactionKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What the first page of the journal costs, with one filter after the other, in books of a size.
final class JournalPages {

  private static final int WARM_UPS = 10;
  private static final int RUNS = 40;
  private static final int PAGE = 100;

  private JournalPages() {}

  /// @return microseconds of every page
  static List<Long> measure(JournalFixture books, int transactions) {
    List<Long> every = new ArrayList<>();
    Map<String, List<Long>> ofFilter = new LinkedHashMap<>();
    Map<String, TransactionFilter> filters = filters(transactions);
    filters.keySet().forEach(name -> ofFilter.put(name, new ArrayList<>()));
    // In turns, so that no filter finds its own pages warm from just before.
    for (int run = -WARM_UPS; run < RUNS; run++) {
      for (Map.Entry<String, TransactionFilter> filter : filters.entrySet()) {
        long begun = System.nanoTime();
        books.reader.page(1, filter.getValue(), null, PAGE);
        long taken = (System.nanoTime() - begun) / 1000;
        if (run >= 0) {
          every.add(taken);
          Objects.requireNonNull(ofFilter.get(filter.getKey())).add(taken);
        }
      }
    }
    ofFilter.forEach(
        (name, micros) ->
            System.out.printf(
                "  %-46s p50 %,9d us  p95 %,9d us%n",
                name, percentile(micros, 50), percentile(micros, 95)));
    return every;
  }

  private static Map<String, TransactionFilter> filters(int transactions) {
    Map<String, TransactionFilter> filters = new LinkedHashMap<>();
    filters.put("everything", new Asked().build());
    filters.put("everything, oldest first", new Asked().oldest().build());
    filters.put("an account in almost everything", new Asked().account("eur:bank").build());
    filters.put(
        "an account with a few hundred entries", new Asked().account("eur:wallet:17").build());
    filters.put("an account with one entry", new Asked().account("once").build());
    filters.put("an account without entries", new Asked().account("never").build());
    filters.put(
        "a small merchant, oldest first", new Asked().account("eur:merchant:180").oldest().build());
    filters.put("a frequent kind", new Asked().kind(TransactionKind.TRANSFER).build());
    filters.put("a kind that is nowhere", new Asked().kind(TransactionKind.WRITE_OFF).build());
    filters.put(
        "two frequent things that never meet",
        new Asked().account("eur:bank").kind(TransactionKind.TRANSFER).build());
    filters.put(
        "frequent account, other currency",
        new Asked().account("eur:bank").currency("USD").build());
    filters.put("fees, large amounts", new Asked().account("eur:fees").least(5_000).build());
    filters.put(
        "frequent kind, text of another kind",
        new Asked().kind(TransactionKind.TRANSFER).text("müller").build());
    filters.put("frequent text", new Asked().text("order").build());
    filters.put("one letter", new Asked().text("z").build());
    filters.put("two letters", new Asked().text("山田").build());
    filters.put("a text that is nowhere", new Asked().text("zebra").build());
    filters.put(
        "one reference as text", new Asked().text("inv-%09d".formatted(transactions / 2)).build());
    filters.put("a card payment's digits", new Asked().text("a87ff679a2f3").build());
    filters.put(
        "one reference", new Asked().reference("INV-%09d".formatted(transactions / 3 * 2)).build());
    filters.put("a shared reference", new Asked().reference("payroll-2024-05").build());
    filters.put(
        "a shared reference, rare kind",
        new Asked().reference("payroll-2024-05").kind(TransactionKind.WRITE_OFF).build());
    filters.put("an amount nobody has", new Asked().least(123_456_789).most(123_456_799).build());
    filters.put("an exact amount", new Asked().least(12_347).most(12_347).build());
    filters.put("beside a round amount", new Asked().least(1_001).most(1_003).build());
    filters.put("the largest amounts", new Asked().least(285_000).build());
    filters.put(
        "frequent account, amounts nobody has there",
        new Asked().account("usd:bank").least(285_700).build());
    filters.put(
        "first days, newest first", new Asked().from("2024-01-01").to("2024-01-03").build());
    filters.put("days before the books", new Asked().to("2023-01-01").build());
    filters.put(
        "a month, a kind, a currency and an amount",
        new Asked()
            .from("2025-02-01")
            .to("2025-02-28")
            .kind(TransactionKind.REFUND)
            .currency("USD")
            .least(1_000)
            .build());
    filters.put(
        "everything at once",
        new Asked()
            .account("eur:merchant:3")
            .kind(TransactionKind.CHARGE)
            .text("card")
            .from("2024-02-01")
            .to("2026-01-01")
            .least(100)
            .most(250_000)
            .currency("EUR")
            .build());
    return filters;
  }

  static long percentile(List<Long> values, int percent) {
    List<Long> sorted = values.stream().sorted().toList();
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  /// Puts a filter together.
  private static final class Asked {
    private @Nullable UUID account;
    private @Nullable TransactionKind kind;
    private @Nullable String reference;
    private @Nullable String text;
    private @Nullable LocalDate from;
    private @Nullable LocalDate to;
    private @Nullable Long least;
    private @Nullable Long most;
    private @Nullable CurrencyCode currency;
    private boolean newest = true;

    Asked account(String code) {
      account = GeneratedBooks.accountId(code);
      return this;
    }

    Asked kind(TransactionKind value) {
      kind = value;
      return this;
    }

    Asked reference(String value) {
      reference = value;
      return this;
    }

    Asked text(String value) {
      text = value;
      return this;
    }

    Asked from(String day) {
      from = LocalDate.parse(day);
      return this;
    }

    Asked to(String day) {
      to = LocalDate.parse(day);
      return this;
    }

    Asked least(long amount) {
      least = amount;
      return this;
    }

    Asked most(long amount) {
      most = amount;
      return this;
    }

    Asked currency(String code) {
      currency = CurrencyCode.of(code);
      return this;
    }

    Asked oldest() {
      newest = false;
      return this;
    }

    TransactionFilter build() {
      return new TransactionFilter(
          account, kind, reference, text, from, to, least, most, currency, newest);
    }
  }
}
