package io.countersign.client;

import io.countersign.model.overview.Overview;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 9: what needs a hand now.
public final class OverviewCalls {

  private final Transport transport;
  private final String base;

  OverviewCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  public Overview get() {
    return transport.get(base + "/overview", Query.ALL, new TypeReference<>() {});
  }
}
