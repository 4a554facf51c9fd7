package io.countersign.server.security;

import java.util.List;
import java.util.Set;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// Refuses to start a server that has an endpoint nobody decided the rights of.
@Component
class EndpointCheck implements SmartInitializingSingleton {

  private static final String OURS = "io.countersign.";

  private final RequestMappingHandlerMapping handlers;

  EndpointCheck(@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping handlers) {
    this.handlers = handlers;
  }

  @Override
  public void afterSingletonsInstantiated() {
    List<String> without =
        endpoints().stream()
            .filter(endpoint -> EndpointRights.of(endpoint.method(), endpoint.path()).isEmpty())
            .map(Endpoint::toString)
            .sorted()
            .toList();
    if (!without.isEmpty()) {
      throw new IllegalStateException("EndpointRights has no row for " + without);
    }
  }

  record Endpoint(String method, String path) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /// Every endpoint of this product's own, as its handler maps it.
  List<Endpoint> endpoints() {
    return handlers.getHandlerMethods().entrySet().stream()
        .filter(mapped -> isOurs(mapped.getValue()))
        .flatMap(mapped -> endpoints(mapped.getKey()).stream())
        .toList();
  }

  static boolean isOurs(HandlerMethod handler) {
    return handler.getBeanType().getName().startsWith(OURS);
  }

  private static List<Endpoint> endpoints(RequestMappingInfo mapping) {
    Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
    return mapping.getPatternValues().stream()
        .flatMap(
            path ->
                methods.isEmpty()
                    ? java.util.stream.Stream.of(new Endpoint("*", path))
                    : methods.stream().map(method -> new Endpoint(method.name(), path)))
        .toList();
  }
}
