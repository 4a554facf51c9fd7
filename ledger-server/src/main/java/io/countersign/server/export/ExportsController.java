package io.countersign.server.export;

import io.countersign.model.exports.Export;
import io.countersign.model.exports.ExportRequest;
import io.countersign.model.id.ExportId;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.PathIds;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/exports")
class ExportsController {

  private static final MediaType JSON_LINES = MediaType.parseMediaType("application/jsonl");

  private final Exports exports;
  private final OncePerKey once;

  ExportsController(Exports exports, OncePerKey once) {
    this.exports = exports;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> start(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody ExportRequest body) {
    long reached = exports.reach(ledger, body);
    return once.execute(
        request, () -> Answer.accepted(exports.start(ledger, caller, body, reached)));
  }

  @GetMapping("/{id}")
  Export export(LedgerScope ledger, @PathVariable String id) {
    return exports.get(ledger.id(), parse(id)).toModel();
  }

  @GetMapping("/{id}/file")
  ResponseEntity<Resource> file(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String id,
      @RequestHeader(value = HttpHeaders.RANGE, required = false) @Nullable String range) {
    return served(exports.file(ledger, caller, parse(id), begins(range)));
  }

  /// How the rows come to the roots of the seals (`docs/seals.md`).
  @GetMapping("/{id}/proof")
  ResponseEntity<Resource> proof(
      LedgerScope ledger,
      Caller caller,
      @PathVariable String id,
      @RequestHeader(value = HttpHeaders.RANGE, required = false) @Nullable String range) {
    return served(exports.proof(ledger, caller, parse(id), begins(range)));
  }

  private static ResponseEntity<Resource> served(Path file) {
    return ResponseEntity.ok()
        .contentType(JSON_LINES)
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment()
                .filename(String.valueOf(file.getFileName()))
                .build()
                .toString())
        .body(new FileSystemResource(file));
  }

  // A download that is resumed is one reading.
  private static boolean begins(@Nullable String range) {
    return range == null || range.startsWith("bytes=0-");
  }

  private static ExportId parse(String id) {
    return PathIds.read("export", id, ExportId::parse);
  }
}
