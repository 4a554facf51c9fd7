package io.countersign.server.chaos;

import io.countersign.server.testing.TestApi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Three accounts of the same money, per payment: what the acquirer took from the card and kept,
/// what the journal says, and what the payment says.
final class Audit {

  private final Map<String, Long> atAcquirer = new HashMap<>();
  private final Map<String, Long> inJournal = new HashMap<>();
  private final Map<String, Long> inPayments = new HashMap<>();
  private final Map<String, Integer> charges = new HashMap<>();
  private final Map<String, Integer> states = new HashMap<>();

  private Audit() {}

  static Audit of(Stage stage, String merchant) throws Exception {
    Audit audit = new Audit();
    TestApi.Calls reader = stage.api(0).as("integrator");
    audit.readAcquirer(stage.acquirer().charges());
    Map<String, String> payments = new HashMap<>();
    each(
        reader,
        "/payments",
        payment -> {
          payment.path("refunds").forEach(id -> payments.put(id.asString(), text(payment, "id")));
          audit.readPayment(payment);
        });
    each(
        reader,
        "/transactions?account=" + merchant,
        transaction -> audit.readTransaction(transaction, payments));
    return audit;
  }

  int payments() {
    return inPayments.size();
  }

  Map<String, Integer> states() {
    return states;
  }

  /// All of it that is in the journal.
  long total() {
    return inJournal.values().stream().mapToLong(Long::longValue).sum();
  }

  /// What does not agree, in words.
  List<String> differences() {
    List<String> found = new ArrayList<>();
    charges.forEach(
        (payment, times) -> {
          if (times != 1) {
            found.add(payment + " was charged " + times + " times");
          }
        });
    Map<String, Long> all = new HashMap<>(atAcquirer);
    all.putAll(inJournal);
    all.putAll(inPayments);
    for (String payment : all.keySet()) {
      long acquirer = atAcquirer.getOrDefault(payment, 0L);
      long journal = inJournal.getOrDefault(payment, 0L);
      long said = inPayments.getOrDefault(payment, 0L);
      if (acquirer != journal || journal != said) {
        found.add(
            "%s: %d at the acquirer, %d in the journal, %d says the payment"
                .formatted(payment, acquirer, journal, said));
      }
    }
    return found;
  }

  private void readAcquirer(JsonNode made) {
    for (JsonNode charge : made) {
      if (text(charge, "state").equals("cancelled")) {
        continue;
      }
      String payment = text(charge, "key").replace("-charge", "");
      charges.merge(payment, 1, Integer::sum);
      long kept =
          charge.path("amount").path("minorUnits").asLong()
              - charge.path("refundedMinorUnits").asLong();
      atAcquirer.merge(payment, kept, Long::sum);
    }
  }

  private void readPayment(JsonNode payment) {
    String state = text(payment, "state");
    states.merge(state, 1, Integer::sum);
    long amount = payment.path("amount").path("minorUnits").asLong();
    long refunded = payment.path("refundedAmount").path("minorUnits").asLong();
    boolean isCharged = List.of("succeeded", "partially_refunded", "refunded").contains(state);
    inPayments.put(text(payment, "id"), isCharged ? amount - refunded : 0L);
  }

  private void readTransaction(JsonNode transaction, Map<String, String> payments) {
    long signed =
        switch (text(transaction, "kind")) {
          case "charge" -> 1;
          case "refund" -> -1;
          default -> 0;
        };
    if (signed == 0) {
      return;
    }
    String about = text(transaction.path("relatesTo"), "id");
    long amount = posted(transaction);
    inJournal.merge(payments.getOrDefault(about, about), signed * amount, Long::sum);
  }

  private static long posted(JsonNode transaction) {
    long amount = 0;
    for (JsonNode entry : transaction.path("entries")) {
      if (text(entry, "layer").equals("posted") && text(entry, "direction").equals("DEBIT")) {
        amount += entry.path("amount").path("minorUnits").asLong();
      }
    }
    return amount;
  }

  private static void each(TestApi.Calls reader, String path, Consumer<JsonNode> item) {
    String next = "";
    do {
      JsonNode page =
          reader
              .getInMain(
                  path
                      + (path.contains("?") ? "&" : "?")
                      + "limit=1000"
                      + (next.isEmpty() ? "" : "&after=" + next))
              .json();
      page.path("items").forEach(item);
      next = page.path("next").asString("");
    } while (!next.isEmpty());
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
