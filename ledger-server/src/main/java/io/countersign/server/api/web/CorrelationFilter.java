package io.countersign.server.api.web;

import io.countersign.model.UuidV7;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives every request an id that its log lines, its audit records and a 5xx answer share.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class CorrelationFilter extends OncePerRequestFilter {

  private static final String HEADER = "X-Correlation-Id";
  private static final String LOGGED_AS = "correlationId";

  private final UuidV7 ids;

  CorrelationFilter(UuidV7 ids) {
    this.ids = ids;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    RequestContext.arrivedNow(request);
    String id = ids.next().toString();
    RequestContext.correlationId(request, id);
    response.setHeader(HEADER, id);
    MDC.put(LOGGED_AS, id);
    try {
      chain.doFilter(new KeptBody(request), response);
    } finally {
      MDC.remove(LOGGED_AS);
    }
  }
}
