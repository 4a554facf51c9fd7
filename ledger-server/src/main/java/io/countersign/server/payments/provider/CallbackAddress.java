package io.countersign.server.payments.provider;

import java.net.URI;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/// Where providers reach this server: `countersign.public-url`, else the address it listens on.
final class CallbackAddress implements ApplicationListener<WebServerInitializedEvent> {

  private final Environment environment;
  private volatile int port;

  CallbackAddress(Environment environment) {
    this.environment = environment;
    this.port = environment.getProperty("server.port", Integer.class, 8080);
  }

  @Override
  public void onApplicationEvent(WebServerInitializedEvent event) {
    // The one without a namespace serves the API; another may serve management.
    if (event.getApplicationContext().getServerNamespace() == null) {
      port = event.getWebServer().getPort();
    }
  }

  URI webhooks(String ledger, String provider) {
    String base = environment.getProperty("countersign.public-url", "http://127.0.0.1:" + port);
    String trimmed = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    return URI.create(trimmed + "/v1/ledgers/" + ledger + "/providers/" + provider + "/webhooks");
  }
}
