package io.countersign.server.api.web;

import io.countersign.server.api.Caller;
import io.countersign.server.api.CanonicalJson;
import io.countersign.server.api.Fingerprint;
import io.countersign.server.api.KeyedItems;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.Problems;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.core.MethodParameter;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/// Reads key and body after the rights are known and before the handler runs, in this order: key,
/// size, then what JSON may hold at all.
///
/// A handler that takes its body as a stream, or as bytes, is left to read it itself.
@Component
class RequestReading implements HandlerInterceptor {

  private static final char NUL = 0;

  /// What a handler wants read, by the types of its parameters.
  private record Wants(boolean keyed, boolean items, boolean json) {

    static Wants of(HandlerMethod method) {
      return new Wants(
          takes(method, KeyedRequest.class), takes(method, KeyedItems.class), takesJson(method));
    }
  }

  private final ConcurrentMap<Method, Wants> wants = new ConcurrentHashMap<>();

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (!(handler instanceof HandlerMethod method)) {
      return true;
    }
    requireStorable(request);
    Wants wants = this.wants.computeIfAbsent(method.getMethod(), it -> Wants.of(method));
    String key = wants.keyed() ? IdempotencyKeyHeader.read(request) : "";
    if (!wants.keyed() && !wants.items() && !wants.json()) {
      return true;
    }
    byte[] body = KeptBody.of(request).keep();
    // Another media type is the message converter's to refuse; until then its bytes stand for it.
    byte[] canonical =
        isJson(request) && body.length > 0
            ? CanonicalJson.of(body).getBytes(StandardCharsets.UTF_8)
            : body;
    if (wants.keyed()) {
      RequestContext.keyed(request, keyedRequest(request, key, canonical));
    }
    if (wants.items()) {
      RequestContext.keyedItems(request, keyedItems(request, canonical));
    }
    return true;
  }

  // PostgreSQL's text cannot keep NUL, so nothing of that name or value is there.
  private static void requireStorable(HttpServletRequest request) {
    request
        .getParameterMap()
        .forEach(
            (name, values) -> {
              if (Arrays.stream(values).anyMatch(value -> value.indexOf(NUL) >= 0)) {
                throw Problems.invalidRequest(name, "must not hold the character NUL")
                    .asException();
              }
            });
  }

  private static KeyedRequest keyedRequest(
      HttpServletRequest request, String key, byte[] canonical) {
    Caller caller = RequestContext.caller(request).orElseThrow();
    return new KeyedRequest(
        RequestContext.ledger(request).id(),
        caller.id(),
        key,
        Fingerprint.of(line(request), canonical),
        request.getRequestURI());
  }

  private static KeyedItems keyedItems(HttpServletRequest request, byte[] canonical) {
    Caller caller = RequestContext.caller(request).orElseThrow();
    return new KeyedItems(
        RequestContext.ledger(request).id(),
        caller.id(),
        request.getRequestURI(),
        new String(canonical, StandardCharsets.UTF_8),
        () -> keyedRequest(request, IdempotencyKeyHeader.read(request), canonical));
  }

  private static String line(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getMethod() + ' ' + request.getRequestURI() + (query == null ? "" : "?" + query);
  }

  private static boolean takes(HandlerMethod method, Class<?> type) {
    return Arrays.stream(method.getMethodParameters())
        .anyMatch(parameter -> parameter.getParameterType() == type);
  }

  private static boolean takesJson(HandlerMethod method) {
    return Arrays.stream(method.getMethodParameters())
        .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
        .map(MethodParameter::getParameterType)
        .anyMatch(type -> type != byte[].class && type != String.class);
  }

  private static boolean isJson(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null) {
      return false;
    }
    try {
      MediaType media = MediaType.parseMediaType(type);
      return media.isCompatibleWith(MediaType.APPLICATION_JSON)
          || media.getSubtype().endsWith("+json");
    } catch (InvalidMediaTypeException e) {
      return false;
    }
  }
}
