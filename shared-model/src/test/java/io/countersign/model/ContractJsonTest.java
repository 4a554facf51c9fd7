package io.countersign.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.model.accounts.AccountStatus;
import io.countersign.model.approvals.ApprovalKind;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.Direction;
import io.countersign.model.journal.Entry;
import io.countersign.model.journal.Layer;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.journal.TransactionRequest;
import io.countersign.model.payments.PaymentState;
import io.countersign.model.reconciliation.BusinessCalendar;
import io.countersign.model.reconciliation.Source;
import io.countersign.model.reconciliation.SourceAccount;
import io.countersign.model.reconciliation.SourceKind;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ContractJsonTest {

  private static final String UUID_TEXT = "0199c0de-0000-7000-8000-000000000001";

  private final JsonMapper json = JsonMapper.builder().build();

  @Test
  void a_transaction_shows_every_field_by_its_name_and_nulls_as_null() {
    Transaction transaction =
        new Transaction(
            new TransactionId(UUID.fromString(UUID_TEXT)),
            7,
            TransactionKind.WRITE_OFF,
            "Rounding",
            LocalDate.of(2026, 11, 2),
            Instant.parse("2026-11-02T10:15:30.123456Z"),
            "dana",
            null,
            List.of(
                new Entry(1, "cash", Direction.DEBIT, Money.of(1250, "EUR"), Layer.POSTED),
                new Entry(2, "fees", Direction.CREDIT, Money.of(1250, "EUR"), Layer.POSTED)),
            null,
            null,
            null,
            null,
            null,
            null);

    String written = json.writeValueAsString(transaction);

    assertThat(json.readTree(written))
        .isEqualTo(
            json.readTree(
                """
                {"id": "txn_0199c0de-0000-7000-8000-000000000001", "sequence": 7,
                 "kind": "write_off", "description": "Rounding", "effectiveOn": "2026-11-02",
                 "recordedAt": "2026-11-02T10:15:30.123456Z", "recordedBy": "dana",
                 "reference": null, "entries": [
                   {"line": 1, "account": "cash", "direction": "DEBIT",
                    "amount": {"minorUnits": 1250, "currency": "EUR"}, "layer": "posted"},
                   {"line": 2, "account": "fees", "direction": "CREDIT",
                    "amount": {"minorUnits": 1250, "currency": "EUR"}, "layer": "posted"}],
                 "reverses": null, "reversedBy": null, "relatesTo": null, "proposedBy": null,
                 "decidedBy": null, "metadata": null}
                """));
    assertThat(json.readValue(written, Transaction.class)).isEqualTo(transaction);
  }

  @Test
  void a_request_without_its_optional_fields_is_read() {
    TransactionRequest request =
        json.readValue(
            """
            {"description": "Top-up", "entries": [
              {"account": "cash", "direction": "DEBIT",
               "amount": {"minorUnits": 1, "currency": "EUR"}}]}
            """,
            TransactionRequest.class);

    assertThat(request.effectiveOn()).isNull();
    assertThat(request.metadata()).isNull();
    assertThat(request.entries()).hasSize(1);
  }

  @Test
  void metadata_keeps_nulls_and_nested_values() {
    TransactionRequest request =
        json.readValue(
            "{\"description\": \"x\", \"entries\": [], \"metadata\": {\"a\": null, \"b\": [1]}}",
            TransactionRequest.class);

    assertThat(request.metadata()).containsEntry("a", null).containsEntry("b", List.of(1));
  }

  @Test
  void states_are_written_in_lower_case_with_underscores() {
    assertThat(json.writeValueAsString(PaymentState.PENDING_CONFIRMATION))
        .isEqualTo("\"pending_confirmation\"");
    assertThat(json.readValue("\"pending_confirmation\"", PaymentState.class))
        .isEqualTo(PaymentState.PENDING_CONFIRMATION);
    assertThat(json.writeValueAsString(AccountStatus.FROZEN)).isEqualTo("\"frozen\"");
    assertThat(WireName.parse(ApprovalKind.class, "payment_resolution"))
        .isEqualTo(ApprovalKind.PAYMENT_RESOLUTION);
  }

  @Test
  void a_page_says_its_total_only_when_it_has_one() {
    assertThat(json.writeValueAsString(new Page<>(List.of("a"), null, null)))
        .isEqualTo("{\"items\":[\"a\"],\"next\":null}");
    assertThat(json.writeValueAsString(new Page<>(List.of("a"), "c", 9L)))
        .isEqualTo("{\"items\":[\"a\"],\"next\":\"c\",\"total\":9}");
  }

  @Test
  void a_cut_off_is_hours_and_minutes() {
    Source source =
        new Source(
            "bank",
            "Bank",
            SourceKind.BANK,
            List.of(new SourceAccount(CurrencyCode.of("EUR"), "bank:eur", null)),
            1,
            BusinessCalendar.TARGET,
            "Europe/Berlin",
            LocalTime.of(17, 0),
            null,
            null);

    String written = json.writeValueAsString(source);

    assertThat(written)
        .contains("\"kind\":\"bank\"", "\"calendar\":\"TARGET\"", "\"cutOff\":\"17:00\"");
    assertThat(json.readValue(written, Source.class)).isEqualTo(source);
  }

  @Test
  void a_problem_keeps_its_extra_members() {
    ProblemDocument problem =
        json.readValue(
            """
            {"type": "/problems/insufficient-funds", "title": "Insufficient funds", "status": 422,
             "detail": "wallet:1 has 5.00 EUR", "account": "wallet:1", "available": 500}
            """,
            ProblemDocument.class);

    assertThat(problem.slug()).isEqualTo("insufficient-funds");
    assertThat(problem.errors()).isEmpty();
    assertThat(problem.members())
        .containsEntry("available", 500)
        .containsEntry("account", "wallet:1");
  }
}
