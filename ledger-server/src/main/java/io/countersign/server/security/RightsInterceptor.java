package io.countersign.server.security;

import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/// Checks each request against [EndpointRights], in this order: who calls (401), whether they see
/// the ledger (404), whether they have the role (403).
@Component
class RightsInterceptor implements HandlerInterceptor {

  private final Ledgers ledgers;
  private final ObjectProvider<SharperRefusal> sharper;

  RightsInterceptor(Ledgers ledgers, ObjectProvider<SharperRefusal> sharper) {
    this.ledgers = ledgers;
    this.sharper = sharper;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
    // What is not ours (API documentation, files) has been judged by the filter chain.
    if (first && handler instanceof HandlerMethod method && EndpointCheck.isOurs(method)) {
      check(request);
    }
    return true;
  }

  private void check(HttpServletRequest request) {
    String path =
        String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    Access access =
        EndpointRights.of(request.getMethod(), path)
            .orElseThrow(
                () ->
                    Problems.methodNotAllowed(request.getMethod() + " is not offered at this path.")
                        .asException());
    @Nullable String code = ledgerCode(request);
    if (access instanceof Access.Everyone) {
      if (code != null) {
        RequestContext.ledger(request, ledgers.find(code).orElseThrow(() -> unseen(code)).scope());
      }
      return;
    }
    Caller caller =
        RequestContext.caller(request)
            .orElseThrow(() -> Problems.unauthenticated(TokenFilter.HOW_TO).asException());
    if (code != null) {
      Ledger ledger =
          ledgers.find(code).filter(it -> caller.sees(it.id())).orElseThrow(() -> unseen(code));
      RequestContext.ledger(request, ledger.scope());
    }
    LedgerScope scope = RequestContext.ledger(request);
    if (!access.allows(caller, scope)) {
      throw refusal(caller, scope, access, request).asException();
    }
  }

  private Problem refusal(
      Caller caller, LedgerScope ledger, Access access, HttpServletRequest request) {
    return sharper.stream()
        .map(it -> it.of(caller, ledger, request))
        .flatMap(Optional::stream)
        .findFirst()
        .orElseGet(() -> Problems.forbidden(needed(access)));
  }

  private static String needed(Access access) {
    return access instanceof Access.Holders holders
        ? "This takes one of the roles " + holders.roles().stream().sorted().toList() + "."
        : "You may not do this.";
  }

  private static @Nullable String ledgerCode(HttpServletRequest request) {
    Map<?, ?> variables =
        (Map<?, ?>)
            Objects.requireNonNullElse(
                request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE), Map.of());
    return (String) variables.get("ledger");
  }

  private static RuntimeException unseen(String code) {
    return Problems.notFound("ledger '" + code + "'").asException();
  }
}
