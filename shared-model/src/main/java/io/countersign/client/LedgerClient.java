package io.countersign.client;

import io.countersign.model.Page;
import io.countersign.model.identity.ApiKey;
import io.countersign.model.identity.ApiKeyRequest;
import io.countersign.model.identity.Profile;
import io.countersign.model.identity.Session;
import io.countersign.model.identity.SessionRequest;
import io.countersign.model.identity.User;
import io.countersign.model.identity.UserRequest;
import io.countersign.model.ledgers.Ledger;
import io.countersign.model.ledgers.LedgerRequest;
import io.countersign.model.transfers.LedgerTransferRequest;
import io.countersign.model.transfers.LedgerTransferStarted;
import java.net.URI;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/// A ledger server, as one credential sees it. Safe for use by many threads.
///
/// Every call may throw [ProblemAnswer] (the server refused), [NoAnswer] (it was silent after all
/// retries) or [CallInterrupted]. Retried are only connection failures, 409
/// `idempotency-key-in-use`, 429 and 503, always under the [Intent] the call began with.
public final class LedgerClient implements AutoCloseable {

  private final URI server;
  private final Transport transport;

  public LedgerClient(URI server, Retries retries, InstantSource clock) {
    this.server = server;
    this.transport = new Transport(server, retries, clock);
  }

  public URI server() {
    return server;
  }

  /// @param credential a session token or an API key; null for none
  public LedgerClient authorize(@Nullable String credential) {
    transport.authorize(credential);
    return this;
  }

  /// Signs in; every call after it carries the session's token.
  public Session signIn(SessionRequest request) {
    Session session = transport.postOnce("/v1/sessions", request, new TypeReference<>() {});
    transport.authorize(session.token());
    return session;
  }

  public void signOut() {
    transport.delete("/v1/sessions/current");
    transport.authorize(null);
  }

  public Profile me() {
    return transport.get("/v1/me", Query.ALL, new TypeReference<>() {});
  }

  public Page<Ledger> ledgers(Query query) {
    return transport.get("/v1/ledgers", query, new TypeReference<>() {});
  }

  public Ledger createLedger(LedgerRequest request, Intent intent) {
    return transport.post("/v1/ledgers", request, intent, new TypeReference<>() {});
  }

  public Page<User> users(Query query) {
    return transport.get("/v1/users", query, new TypeReference<>() {});
  }

  public User createUser(UserRequest request, Intent intent) {
    return transport.post("/v1/users", request, intent, new TypeReference<>() {});
  }

  public Page<ApiKey> apiKeys(Query query) {
    return transport.get("/v1/api-keys", query, new TypeReference<>() {});
  }

  public ApiKey createApiKey(ApiKeyRequest request, Intent intent) {
    return transport.post("/v1/api-keys", request, intent, new TypeReference<>() {});
  }

  /// Sends money from one ledger to another. It arrives later: the saga says how far it is.
  public LedgerTransferStarted transfer(LedgerTransferRequest request, Intent intent) {
    return transport.post("/v1/transfers", request, intent, new TypeReference<>() {});
  }

  /// @param ledger its code
  public Books books(String ledger) {
    return new Books(transport, "/v1/ledgers/" + Query.encode(ledger));
  }

  @Override
  public void close() {
    transport.close();
  }
}
