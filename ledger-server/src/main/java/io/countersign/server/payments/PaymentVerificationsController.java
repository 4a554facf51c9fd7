package io.countersign.server.payments;

import io.countersign.model.EmptyRequest;
import io.countersign.model.payments.PaymentVerification;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.OncePerKey;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/payments/verifications")
class PaymentVerificationsController {

  private final PaymentVerifications verifications;
  private final OncePerKey once;

  PaymentVerificationsController(PaymentVerifications verifications, OncePerKey once) {
    this.verifications = verifications;
    this.once = once;
  }

  @PostMapping
  ResponseEntity<byte[]> verify(
      LedgerScope ledger, Caller caller, KeyedRequest request, @RequestBody EmptyRequest body) {
    return once.execute(request, () -> Answer.accepted(verifications.start(ledger, caller)));
  }

  @GetMapping("/latest")
  PaymentVerification latest(LedgerScope ledger) {
    return verifications.latest(ledger.id());
  }
}
