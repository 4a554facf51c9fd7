package io.countersign.server.security;

import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemResponses;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// The filter chain: finds out who calls, refuses who must be known and is not, and guards what is
/// not an endpoint of ours (documentation, operations). The rights on endpoints are
/// [EndpointRights].
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SessionSettings.class)
class SecurityConfiguration {

  private static final List<String> OPEN_PATHS =
      List.of(
          "/actuator/health",
          "/v3/api-docs",
          "/v3/api-docs.yaml",
          "/v3/api-docs/**",
          "/docs",
          "/swagger-ui/**");
  private static final String NOTHING_LOADED =
      "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
          + " frame-ancestors 'none'";

  @Bean
  SecurityFilterChain filterChain(HttpSecurity http, Callers callers, ProblemResponses problems) {
    return http.csrf(AbstractHttpConfigurer::disable)
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        // Nothing outlives a request, and nobody asks the servlet API who calls.
        .sessionManagement(AbstractHttpConfigurer::disable)
        .securityContext(it -> it.securityContextRepository(new NullSecurityContextRepository()))
        .anonymous(AbstractHttpConfigurer::disable)
        .servletApi(AbstractHttpConfigurer::disable)
        .headers(it -> it.contentSecurityPolicy(csp -> csp.policyDirectives(NOTHING_LOADED)))
        .exceptionHandling(
            it ->
                it.authenticationEntryPoint(
                        (request, response, e) ->
                            problems.write(
                                Problems.unauthenticated(TokenFilter.HOW_TO), request, response))
                    .accessDeniedHandler(
                        (request, response, e) ->
                            problems.write(forAdministrators(), request, response)))
        .addFilterBefore(new TokenFilter(callers), AuthorizationFilter.class)
        .authorizeHttpRequests(
            it ->
                it.dispatcherTypeMatchers(
                        DispatcherType.ERROR, DispatcherType.ASYNC, DispatcherType.FORWARD)
                    .permitAll()
                    .requestMatchers(open())
                    .permitAll()
                    .requestMatchers("/actuator/prometheus")
                    .access(
                        (who, context) ->
                            new AuthorizationDecision(
                                isLoopback(context.getRequest())
                                    || who.get().getAuthorities().stream()
                                        .anyMatch(a -> Role.ADMIN.name().equals(a.getAuthority()))))
                    .requestMatchers("/actuator/**")
                    .hasAuthority(Role.ADMIN.name())
                    .anyRequest()
                    .authenticated())
        .build();
  }

  /// A span and a timer for each filter of the chain cost more than the filters.
  @Bean
  SecurityObservationSettings noObservationOfFilters() {
    return SecurityObservationSettings.noObservations();
  }

  /// Nobody signs in through Spring Security; without this it would make up a user of its own.
  @Bean
  AuthenticationManager nobodySignsInHere() {
    return authentication -> {
      throw new BadCredentialsException("sessions are opened at /v1/sessions");
    };
  }

  @Configuration(proxyBeanMethods = false)
  static class Rights implements WebMvcConfigurer {

    private final RightsInterceptor rights;

    Rights(RightsInterceptor rights) {
      this.rights = rights;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
      registry.addInterceptor(rights).order(0);
    }
  }

  private static RequestMatcher open() {
    PathPatternRequestMatcher.Builder paths = PathPatternRequestMatcher.withDefaults();
    List<RequestMatcher> matchers = new java.util.ArrayList<>();
    OPEN_PATHS.forEach(path -> matchers.add(paths.matcher(path)));
    EndpointRights.table().stream()
        .filter(Access.Everyone.class::isInstance)
        .forEach(row -> matchers.add(matcher(paths, row)));
    return new OrRequestMatcher(matchers);
  }

  private static RequestMatcher matcher(PathPatternRequestMatcher.Builder paths, Access row) {
    return "*".equals(row.method())
        ? paths.matcher(row.path())
        : paths.matcher(org.springframework.http.HttpMethod.valueOf(row.method()), row.path());
  }

  private static boolean isLoopback(HttpServletRequest request) {
    try {
      return InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  private static Problem forAdministrators() {
    return Problems.forbidden("This takes the role ADMIN.");
  }
}
