package io.countersign.server.reconciliation;

import io.countersign.model.WireName;
import io.countersign.model.id.StatementId;
import io.countersign.model.reconciliation.Statement;
import io.countersign.model.reconciliation.StatementImport;
import io.countersign.model.reconciliation.StatementLine;
import io.countersign.model.reconciliation.StatementState;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.PathIds;
import io.countersign.server.api.Problems;
import io.countersign.server.api.QueryValues;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}")
class StatementsController {

  private final StatementImports imports;
  private final Statements statements;

  StatementsController(StatementImports imports, Statements statements) {
    this.imports = imports;
    this.statements = statements;
  }

  @PostMapping("/statements")
  @RequestBody(
      content =
          @Content(
              mediaType = "application/octet-stream",
              schema = @Schema(type = "string", format = "binary")))
  ResponseEntity<StatementImport> upload(
      LedgerScope ledger,
      Caller caller,
      @RequestParam String source,
      @RequestParam @Nullable String fileName,
      @RequestHeader(name = HttpHeaders.CONTENT_TYPE, required = false) @Parameter(hidden = true)
          @Nullable String contentType,
      @Parameter(hidden = true) InputStream file)
      throws IOException {
    if (contentType != null && contentType.startsWith("multipart/")) {
      throw Problems.unsupportedMediaType(
              "Send the file itself as the body, not a form with the file in it.")
          .asException();
    }
    StatementImport received = imports.receive(ledger.id(), source, fileName, file, caller);
    boolean read = received.statements() != null;
    return ResponseEntity.status(read ? HttpStatus.CREATED : HttpStatus.ACCEPTED).body(received);
  }

  @GetMapping("/statement-imports/{id}")
  StatementImport imported(LedgerScope ledger, @PathVariable String id) {
    return imports.find(ledger.id(), PathIds.read("import", id, StatementImportIds::parse));
  }

  @GetMapping("/statements")
  Page<Statement> list(
      LedgerScope ledger,
      @RequestParam @Nullable String source,
      @RequestParam @Nullable String state,
      PageRequest page) {
    return statements.page(
        ledger.id(),
        QueryValues.optional("source", source, it -> it),
        QueryValues.optional("state", state, it -> WireName.parse(StatementState.class, it)),
        page);
  }

  @GetMapping("/statements/{id}")
  Statement statement(LedgerScope ledger, @PathVariable String id) {
    return statements.get(ledger.id(), id(id)).toModel();
  }

  @GetMapping("/statements/{id}/lines")
  Page<StatementLine> lines(LedgerScope ledger, @PathVariable String id, PageRequest page) {
    return statements.lines(ledger.id(), id(id), page);
  }

  private static StatementId id(String text) {
    return PathIds.read("statement", text, StatementId::parse);
  }
}
