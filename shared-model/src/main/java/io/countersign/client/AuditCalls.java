package io.countersign.client;

import io.countersign.model.EmptyRequest;
import io.countersign.model.Page;
import io.countersign.model.exports.Export;
import io.countersign.model.exports.ExportRequest;
import io.countersign.model.id.ExportId;
import io.countersign.model.seals.Seal;
import io.countersign.model.seals.Verification;
import tools.jackson.core.type.TypeReference;

/// `docs/api.md`, section 9: seals and exports. The files of exports are fetched by whoever wants
/// them, in parts if need be.
public final class AuditCalls {

  private final Transport transport;
  private final String base;

  AuditCalls(Transport transport, String base) {
    this.transport = transport;
    this.base = base;
  }

  public Page<Seal> seals(Query query) {
    return transport.get(base + "/seals", query, new TypeReference<>() {});
  }

  public Verification verify(Intent intent) {
    return transport.post(
        base + "/seals/verifications", new EmptyRequest(), intent, new TypeReference<>() {});
  }

  public Verification latestVerification() {
    return transport.get(base + "/seals/verifications/latest", Query.ALL, new TypeReference<>() {});
  }

  public Export export(ExportRequest request, Intent intent) {
    return transport.post(base + "/exports", request, intent, new TypeReference<>() {});
  }

  public Export export(ExportId id) {
    return transport.get(base + "/exports/" + id, Query.ALL, new TypeReference<>() {});
  }
}
