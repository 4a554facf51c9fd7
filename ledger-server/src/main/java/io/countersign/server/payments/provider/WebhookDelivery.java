package io.countersign.server.payments.provider;

import java.util.Map;
import java.util.TreeMap;

/// A request to the webhook address, as it came: the signature is over its raw bytes.
public final class WebhookDelivery {

  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final byte[] body;

  public WebhookDelivery(Map<String, String> headers, byte[] body) {
    this.headers.putAll(headers);
    this.body = body.clone();
  }

  /// @return blank when there is none
  String header(String name) {
    return headers.getOrDefault(name, "");
  }

  byte[] body() {
    return body.clone();
  }
}
