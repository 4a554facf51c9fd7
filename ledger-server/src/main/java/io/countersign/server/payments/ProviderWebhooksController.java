package io.countersign.server.payments;

import io.countersign.server.api.LedgerScope;
import io.countersign.server.payments.provider.WebhookDelivery;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/ledgers/{ledger}/providers/{provider}/webhooks")
class ProviderWebhooksController {

  private final InboundWebhooks webhooks;

  ProviderWebhooksController(InboundWebhooks webhooks) {
    this.webhooks = webhooks;
  }

  // As bytes: the signature is over what came, not over what it means.
  @PostMapping
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void receive(
      LedgerScope ledger,
      @PathVariable String provider,
      @RequestHeader Map<String, String> headers,
      @RequestBody byte[] body) {
    webhooks.receive(ledger, provider, new WebhookDelivery(headers, body));
  }
}
