package io.countersign.server.api.web;

import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedItems;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.LedgerScope;
import io.countersign.server.api.PageRequest;
import io.countersign.server.api.Problems;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// What controllers take as a parameter beside Spring's own: who calls, the ledger, the request
/// with its key, and the page that is asked for.
final class ParameterResolvers {

  private ParameterResolvers() {}

  static List<HandlerMethodArgumentResolver> all() {
    return List.of(
        new FromRequest<>(Caller.class, it -> RequestContext.caller(it).orElseThrow()),
        new FromRequest<>(LedgerScope.class, RequestContext::ledger),
        new FromRequest<>(KeyedRequest.class, it -> RequestContext.keyed(it).orElseThrow()),
        new FromRequest<>(KeyedItems.class, it -> RequestContext.keyedItems(it).orElseThrow()),
        new FromRequest<>(PageRequest.class, ParameterResolvers::page));
  }

  private static PageRequest page(HttpServletRequest request) {
    String after = request.getParameter("after");
    return new PageRequest(
        limit(request.getParameter("limit")), after == null || after.isEmpty() ? null : after);
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return PageRequest.LIMIT_DEFAULT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= PageRequest.LIMIT_MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one refusal below.
    }
    throw Problems.invalidRequest("limit", "must be an integer from 1 to " + PageRequest.LIMIT_MAX)
        .asException();
  }

  private record FromRequest<T>(Class<T> type, Function<HttpServletRequest, T> find)
      implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
      return parameter.getParameterType() == type;
    }

    @Override
    public @Nullable Object resolveArgument(
        MethodParameter parameter,
        @Nullable ModelAndViewContainer container,
        NativeWebRequest request,
        @Nullable WebDataBinderFactory binders) {
      return find.apply(
          java.util.Objects.requireNonNull(request.getNativeRequest(HttpServletRequest.class)));
    }
  }
}
