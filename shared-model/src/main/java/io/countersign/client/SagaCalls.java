package io.countersign.client;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.id.SagaId;
import io.countersign.model.payments.Saga;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 6: work in steps.
public final class SagaCalls {

  private final Transport transport;
  private final String base;

  SagaCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  /// Newest first.
  public Page<Saga> list(Query query) {
    return transport.get(base + "/sagas", query, new TypeReference<>() {});
  }

  public Saga get(SagaId id) {
    return transport.get(path(id), Query.ALL, new TypeReference<>() {});
  }

  /// Takes a saga up anew that is stuck, or that waits.
  ///
  /// @return as it is then; what is due is carried out after this
  public Saga retry(SagaId id, Intent intent) {
    return transport.post(
        path(id) + "/retry", new EmptyRequest(), intent, new TypeReference<>() {});
  }

  private String path(SagaId id) {
    return base + "/sagas/" + id;
  }
}
