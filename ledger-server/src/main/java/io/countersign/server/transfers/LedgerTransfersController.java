package io.countersign.server.transfers;

import io.countersign.model.transfers.LedgerTransferRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class LedgerTransfersController {

  private final LedgerTransfers transfers;

  LedgerTransfersController(LedgerTransfers transfers) {
    this.transfers = transfers;
  }

  @PostMapping("/v1/transfers")
  ResponseEntity<byte[]> transfer(
      Caller caller, KeyedRequest request, @RequestBody LedgerTransferRequest body) {
    return transfers.start(caller, request, body);
  }
}
