package io.countersign.server.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// What has been found out about a request so far. Security writes who calls and which ledger it is
/// about; everything behind it reads.
public final class RequestContext {

  private static final String CALLER = RequestContext.class.getName() + ".caller";
  private static final String LEDGER = RequestContext.class.getName() + ".ledger";
  private static final String KEYED = RequestContext.class.getName() + ".keyed";
  private static final String ITEMS = RequestContext.class.getName() + ".items";
  private static final String ARRIVED = RequestContext.class.getName() + ".arrived";
  private static final String CORRELATION = RequestContext.class.getName() + ".correlation";

  private RequestContext() {}

  public static Optional<Caller> caller(HttpServletRequest request) {
    return Optional.ofNullable((Caller) request.getAttribute(CALLER));
  }

  public static void caller(HttpServletRequest request, Caller caller) {
    request.setAttribute(CALLER, caller);
  }

  /// The ledger of the path; [LedgerScope#SERVER] where the path names none.
  public static LedgerScope ledger(HttpServletRequest request) {
    Object ledger = request.getAttribute(LEDGER);
    return ledger == null ? LedgerScope.SERVER : (LedgerScope) ledger;
  }

  public static void ledger(HttpServletRequest request, LedgerScope ledger) {
    request.setAttribute(LEDGER, ledger);
  }

  /// The request with its key; empty before the key was read, or where none is asked for.
  public static Optional<KeyedRequest> keyed(HttpServletRequest request) {
    return Optional.ofNullable((KeyedRequest) request.getAttribute(KEYED));
  }

  public static void keyed(HttpServletRequest request, KeyedRequest keyed) {
    request.setAttribute(KEYED, keyed);
  }

  /// The request whose items have keys; empty where the handler takes none.
  public static Optional<KeyedItems> keyedItems(HttpServletRequest request) {
    return Optional.ofNullable((KeyedItems) request.getAttribute(ITEMS));
  }

  public static void keyedItems(HttpServletRequest request, KeyedItems items) {
    request.setAttribute(ITEMS, items);
  }

  /// Ties an answer to the server's log; null outside a request.
  public static @Nullable String correlationId(HttpServletRequest request) {
    return (String) request.getAttribute(CORRELATION);
  }

  public static void correlationId(HttpServletRequest request, String id) {
    request.setAttribute(CORRELATION, id);
  }

  /// When this thread's request reached the server, on the scale of [System#nanoTime()]; now, in
  /// background work. Whoever has to answer in time counts from here.
  public static long arrivedNanos() {
    Object arrived = current().map(request -> request.getAttribute(ARRIVED)).orElse(null);
    return arrived instanceof Long nanos ? nanos : System.nanoTime();
  }

  public static void arrivedNow(HttpServletRequest request) {
    request.setAttribute(ARRIVED, System.nanoTime());
  }

  /// The request this thread works for; empty in background work.
  public static Optional<HttpServletRequest> current() {
    return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes servlet
        ? Optional.of(servlet.getRequest())
        : Optional.empty();
  }
}
