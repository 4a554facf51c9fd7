package io.countersign.server.security;

import io.countersign.server.api.Caller;
import io.countersign.server.api.RequestContext;
import io.countersign.server.api.Role;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/// Finds who calls from `Authorization: Bearer`. Without a valid token the request goes on with no
/// caller: whether one is needed is decided behind this.
final class TokenFilter extends OncePerRequestFilter {

  static final String HOW_TO =
      "Send Authorization: Bearer with a session token or an API key that is valid.";

  private static final String SCHEME = "Bearer ";

  private final Callers callers;

  TokenFilter(Callers callers) {
    this.callers = callers;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    @Nullable String token = token(request);
    if (token != null) {
      callers.find(token).ifPresent(caller -> signIn(request, caller));
    }
    chain.doFilter(request, response);
  }

  private static void signIn(HttpServletRequest request, Caller caller) {
    RequestContext.caller(request, caller);
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(caller, null, authorities(caller)));
    SecurityContextHolder.setContext(context);
  }

  // Only for what Spring Security guards by itself; rights on a ledger are RightsInterceptor's.
  private static List<GrantedAuthority> authorities(Caller caller) {
    return caller.hasAnywhere(Role.ADMIN)
        ? List.of(new SimpleGrantedAuthority(Role.ADMIN.name()))
        : List.of();
  }

  private static @Nullable String token(HttpServletRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? header.substring(SCHEME.length()).strip()
        : null;
  }
}
