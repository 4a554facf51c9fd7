package io.countersign.server.security;

import static io.countersign.server.api.Role.ADMIN;
import static io.countersign.server.api.Role.APPROVER;
import static io.countersign.server.api.Role.AUDITOR;
import static io.countersign.server.api.Role.INTEGRATOR;
import static io.countersign.server.api.Role.OPERATOR;

import io.countersign.server.api.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The whole of `docs/api.md`, section 3, as a table: each endpoint and who may use it. An endpoint
/// that is not in it does not start.
final class EndpointRights {

  private static final String L = "/v1/ledgers/{ledger}";

  private static final List<Access> TABLE =
      List.of(
          everyone("*", "/error"),
          everyone("GET", "/problems/{slug}"),

          // Identity and rights
          everyone("POST", "/v1/sessions"),
          authenticated("DELETE", "/v1/sessions/current"),
          authenticated("GET", "/v1/me"),
          holders("POST", "/v1/users", ADMIN),
          holders("GET", "/v1/users", ADMIN),
          holders("GET", "/v1/users/{id}", ADMIN),
          holders("PATCH", "/v1/users/{id}", ADMIN),
          holders("POST", "/v1/users/{id}/revoke", ADMIN),
          holders("POST", "/v1/api-keys", ADMIN),
          holders("GET", "/v1/api-keys", ADMIN),
          holders("GET", "/v1/api-keys/{id}", ADMIN),
          holders("PATCH", "/v1/api-keys/{id}", ADMIN),
          holders("POST", "/v1/api-keys/{id}/revoke", ADMIN),
          holders("GET", "/v1/approvals", ADMIN),
          holders("GET", "/v1/approvals/{id}", ADMIN),
          holders("POST", "/v1/approvals/{id}/approve", ADMIN),
          holders("POST", "/v1/approvals/{id}/reject", ADMIN),
          holders("POST", "/v1/approvals/{id}/withdraw", ADMIN),
          holders("POST", "/v1/ledgers", ADMIN),
          authenticated("GET", "/v1/ledgers"),

          // Accounts and balances
          holders("POST", L + "/accounts", INTEGRATOR),
          authenticated("GET", L + "/accounts"),
          authenticated("GET", L + "/accounts/{code}"),
          holders("POST", L + "/accounts/{code}/freeze", OPERATOR),
          holders("POST", L + "/accounts/{code}/unfreeze", OPERATOR),
          holders("POST", L + "/accounts/{code}/close", OPERATOR),
          authenticated("GET", L + "/accounts/{code}/balance"),
          authenticated("GET", L + "/accounts/{code}/entries"),
          authenticated("GET", L + "/trial-balance"),

          // Journal
          holders("POST", L + "/transactions", INTEGRATOR),
          holders("POST", L + "/transactions/batch", INTEGRATOR),
          holders("POST", L + "/transfers", INTEGRATOR),
          authenticated("GET", L + "/transactions"),
          authenticated("GET", L + "/transactions/{id}"),
          holders("POST", L + "/transactions/{id}/reversals", INTEGRATOR, OPERATOR),
          holders("POST", L + "/holds", INTEGRATOR),
          authenticated("GET", L + "/holds/{id}"),
          holders("POST", L + "/holds/{id}/captures", INTEGRATOR),
          holders("POST", L + "/holds/{id}/release", INTEGRATOR),
          authenticated("GET", L + "/periods"),
          holders("POST", L + "/periods/{period}/close", ADMIN),
          holders("POST", L + "/periods/{period}/reopen", ADMIN),

          // Payments
          holders("POST", L + "/payments", INTEGRATOR),
          authenticated("GET", L + "/payments"),
          authenticated("GET", L + "/payments/{id}"),
          authenticated("GET", L + "/payments/{id}/events"),
          holders("POST", L + "/payments/{id}/checks", OPERATOR),
          holders("POST", L + "/payments/{id}/assign", OPERATOR),
          holders("POST", L + "/payments/{id}/notes", OPERATOR),
          holders("POST", L + "/payments/bulk", OPERATOR),
          holders("POST", L + "/payments/verifications", OPERATOR, AUDITOR, ADMIN),
          authenticated("GET", L + "/payments/verifications/latest"),
          holders("POST", L + "/payments/{id}/refunds", INTEGRATOR, OPERATOR),
          authenticated("GET", L + "/refunds/{id}"),
          holders("POST", L + "/payments/{id}/resolutions", OPERATOR),
          everyone("POST", L + "/providers/{provider}/webhooks"),
          authenticated("GET", L + "/sagas"),
          authenticated("GET", L + "/sagas/{id}"),
          holders("POST", L + "/sagas/{id}/retry", OPERATOR),
          holders("POST", "/v1/transfers", INTEGRATOR),
          holders("POST", L + "/webhook-endpoints", INTEGRATOR, ADMIN),
          authenticated("GET", L + "/webhook-endpoints"),
          authenticated("GET", L + "/webhook-endpoints/{id}"),
          holders("DELETE", L + "/webhook-endpoints/{id}", INTEGRATOR, ADMIN),
          holders("POST", L + "/webhook-endpoints/{id}/rotate-secret", INTEGRATOR, ADMIN),
          holders("POST", L + "/webhook-endpoints/{id}/enable", INTEGRATOR, ADMIN),
          authenticated("GET", L + "/webhook-endpoints/{id}/deliveries"),
          holders(
              "POST", L + "/webhook-endpoints/{id}/deliveries/{event}/replay", INTEGRATOR, ADMIN),

          // Approvals and adjustments. That nobody decides their own is checked with the proposal.
          holders("POST", L + "/adjustments", OPERATOR),
          authenticated("GET", L + "/adjustments"),
          authenticated("GET", L + "/adjustments/{id}"),
          authenticated("GET", L + "/approvals"),
          authenticated("GET", L + "/approvals/{id}"),
          holders("POST", L + "/approvals/{id}/approve", APPROVER),
          holders("POST", L + "/approvals/{id}/reject", APPROVER),
          authenticated("POST", L + "/approvals/{id}/withdraw"),

          // Reconciliation
          holders("POST", L + "/sources", ADMIN),
          authenticated("GET", L + "/sources"),
          authenticated("GET", L + "/sources/{code}"),
          holders("POST", L + "/statements", OPERATOR),
          authenticated("GET", L + "/statement-imports/{id}"),
          authenticated("GET", L + "/statements"),
          authenticated("GET", L + "/statements/{id}"),
          authenticated("GET", L + "/statements/{id}/lines"),
          holders("POST", L + "/statements/{id}/release", OPERATOR),
          holders("POST", L + "/reconciliations", OPERATOR),
          authenticated("GET", L + "/reconciliations/{id}"),
          authenticated("GET", L + "/matches"),
          authenticated("GET", L + "/matches/{id}"),
          holders("POST", L + "/matches/{id}/undo", OPERATOR),
          authenticated("GET", L + "/exceptions"),
          authenticated("GET", L + "/exceptions/{id}"),
          holders("POST", L + "/exceptions/{id}/assign", OPERATOR),
          holders("POST", L + "/exceptions/{id}/comments", OPERATOR),
          holders("POST", L + "/exceptions/{id}/match", OPERATOR),
          holders("POST", L + "/exceptions/{id}/write-off", OPERATOR),
          holders("POST", L + "/exceptions/{id}/adjust", OPERATOR),
          holders("POST", L + "/exceptions/{id}/dismiss", OPERATOR),
          holders("POST", L + "/exceptions/{id}/reopen", OPERATOR),
          holders("POST", L + "/exceptions/bulk", OPERATOR),

          // Audit, export, operations
          holders("GET", L + "/audit-log", AUDITOR, ADMIN),
          holders("POST", L + "/exports", AUDITOR),
          holders("GET", L + "/exports/{id}", AUDITOR),
          holders("GET", L + "/exports/{id}/file", AUDITOR),
          holders("GET", L + "/exports/{id}/proof", AUDITOR),
          authenticated("GET", L + "/seals"),
          holders("POST", L + "/seals/verifications", AUDITOR),
          authenticated("GET", L + "/seals/verifications/latest"),
          authenticated("GET", L + "/events"),
          authenticated("GET", L + "/overview"));

  private static final Map<String, Access> BY_ENDPOINT =
      TABLE.stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  row -> row.method() + ' ' + row.path(), Function.identity()));

  private EndpointRights() {}

  static List<Access> table() {
    return TABLE;
  }

  /// @param method in capitals; HEAD is answered as GET
  static Optional<Access> of(String method, String path) {
    String asked = "HEAD".equals(method) ? "GET" : method;
    return Optional.ofNullable(BY_ENDPOINT.get(asked + ' ' + path))
        .or(() -> Optional.ofNullable(BY_ENDPOINT.get("* " + path)));
  }

  private static Access everyone(String method, String path) {
    return new Access.Everyone(method, path);
  }

  private static Access authenticated(String method, String path) {
    return new Access.Authenticated(method, path);
  }

  private static Access holders(String method, String path, Role... roles) {
    return new Access.Holders(method, path, Set.of(roles));
  }
}
