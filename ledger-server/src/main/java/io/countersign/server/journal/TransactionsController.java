package io.countersign.server.journal;

import io.countersign.model.CurrencyCode;
import io.countersign.model.WireName;
import io.countersign.model.id.TransactionId;
import io.countersign.model.journal.BatchAnswer;
import io.countersign.model.journal.BatchRequest;
import io.countersign.model.journal.Transaction;
import io.countersign.model.journal.TransactionKind;
import io.countersign.model.journal.TransactionRequest;
import io.countersign.model.journal.TransferRequest;
import io.countersign.server.accounts.Accounts;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedItems;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.PathIds;
import io.countersign.server.api.QueryValues;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}")
class TransactionsController {

  private final GroupCommit group;
  private final Batches batches;
  private final JournalReader reader;
  private final Accounts accounts;

  TransactionsController(
      GroupCommit group, Batches batches, JournalReader reader, Accounts accounts) {
    this.group = group;
    this.batches = batches;
    this.reader = reader;
    this.accounts = accounts;
  }

  @PostMapping("/transactions")
  ResponseEntity<byte[]> post(
      LedgerScope ledger,
      Caller caller,
      KeyedRequest request,
      @RequestBody TransactionRequest body) {
    return group.append(ledger, request, Drafts.of(body, caller.name()));
  }

  @PostMapping("/transfers")
  ResponseEntity<byte[]> transfer(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody TransferRequest body) {
    return group.append(ledger, request, Drafts.of(body, caller.name()));
  }

  @PostMapping(path = "/transactions/batch", consumes = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      requestBody =
          @io.swagger.v3.oas.annotations.parameters.RequestBody(
              required = true,
              content = @Content(schema = @Schema(implementation = BatchRequest.class))),
      responses =
          @ApiResponse(
              responseCode = "200",
              content = @Content(schema = @Schema(implementation = BatchAnswer.class))))
  ResponseEntity<byte[]> batch(LedgerScope ledger, Caller caller, KeyedItems request) {
    return batches.append(ledger, caller, request);
  }

  @GetMapping("/transactions")
  Page<Transaction> list(
      LedgerScope ledger,
      @RequestParam @Nullable String account,
      @RequestParam @Nullable String kind,
      @RequestParam @Nullable String reference,
      @RequestParam @Nullable String text,
      @RequestParam @Nullable String from,
      @RequestParam @Nullable String to,
      @RequestParam @Nullable String minAmount,
      @RequestParam @Nullable String maxAmount,
      @RequestParam @Nullable String currency,
      @RequestParam(defaultValue = "newest") String order,
      PageRequest page) {
    TransactionFilter filter =
        new TransactionFilter(
            accountId(ledger, account),
            QueryValues.optional("kind", kind, it -> WireName.parse(TransactionKind.class, it)),
            QueryValues.optional("reference", reference, it -> it),
            QueryValues.optional("text", text, it -> it),
            QueryValues.optional("from", from, LocalDate::parse),
            QueryValues.optional("to", to, LocalDate::parse),
            QueryValues.optional("minAmount", minAmount, Long::valueOf),
            QueryValues.optional("maxAmount", maxAmount, Long::valueOf),
            QueryValues.optional("currency", currency, CurrencyCode::of),
            newestFirst(order));
    return reader.page(ledger.id(), filter, page.after(), page.limit());
  }

  @GetMapping("/transactions/{id}")
  Transaction transaction(LedgerScope ledger, @PathVariable String id) {
    return reader.get(ledger.id(), PathIds.read("transaction", id, TransactionId::parse));
  }

  private @Nullable UUID accountId(LedgerScope ledger, @Nullable String code) {
    return code == null || code.isEmpty() ? null : accounts.get(ledger.id(), code).id();
  }

  private static boolean newestFirst(String order) {
    return Boolean.TRUE.equals(
        QueryValues.optional(
            "order",
            order,
            it ->
                switch (it) {
                  case "newest" -> true;
                  case "oldest" -> false;
                  default -> throw new IllegalArgumentException(it);
                }));
  }
}
