package io.countersign.server.api.web;

import io.countersign.model.InvalidMoney;
import io.countersign.server.api.JsonFaults;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.ProblemResponses;
import io.countersign.server.api.Problems;
import io.countersign.server.api.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/// Every exception that leaves a handler becomes a problem document here. A 5xx is logged here,
/// once.
@RestControllerAdvice
class ProblemHandler {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemHandler.class);

  private final ProblemResponses responses;
  private final OncePerKey once;

  ProblemHandler(ProblemResponses responses, OncePerKey once) {
    this.responses = responses;
    this.once = once;
  }

  @ExceptionHandler
  ResponseEntity<byte[]> refused(ProblemException refusal, HttpServletRequest request) {
    Problem problem = refusal.problem();
    return problem.status() >= 500
        ? failed(problem, refusal, request)
        : responses.of(problem, request);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unreadable(
      HttpMessageNotReadableException unreadable, HttpServletRequest request) {
    Optional<InvalidMoney> money = cause(unreadable, InvalidMoney.class);
    if (money.isPresent()) {
      return invalidMoney(money.get(), request);
    }
    Problem problem =
        cause(unreadable, ProblemException.class)
            .map(ProblemException::problem)
            .or(() -> cause(unreadable, JacksonException.class).map(JsonFaults::problem))
            .orElseGet(() -> Problems.invalidRequest("The body is missing or cannot be read."));
    return responses.of(problem, request);
  }

  /// An amount that cannot be meant is refused by the books (422), so the refusal belongs to the
  /// key like any other of theirs. The caller's rights and the key were checked before the body was
  /// read.
  @ExceptionHandler
  ResponseEntity<byte[]> invalidMoney(InvalidMoney invalid, HttpServletRequest request) {
    Problem problem = Problems.invalidMoney(String.valueOf(invalid.getMessage()));
    Optional<KeyedRequest> keyed = RequestContext.keyed(request);
    if (keyed.isEmpty()) {
      return responses.of(problem, request);
    }
    return once.execute(
        keyed.get(),
        () -> {
          throw problem.asException();
        });
  }

  @ExceptionHandler
  ResponseEntity<byte[]> wrongType(
      MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
    Problem problem =
        mismatch.getParameter().hasParameterAnnotation(PathVariable.class)
            ? Problems.notFound("such thing as '" + mismatch.getValue() + "'")
            : Problems.invalidRequest(
                mismatch.getName(), "'" + mismatch.getValue() + "' is not valid");
    return responses.of(problem, request);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> missing(
      MissingServletRequestParameterException missing, HttpServletRequest request) {
    return responses.of(
        Problems.invalidRequest(missing.getParameterName(), "is a required query parameter"),
        request);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unbound(
      ServletRequestBindingException unbound, HttpServletRequest request) {
    return responses.of(Problems.invalidRequest(String.valueOf(unbound.getMessage())), request);
  }

  /// A query that is not percent-encoded UTF-8.
  @ExceptionHandler
  ResponseEntity<byte[]> undecodable(
      InvalidParameterException undecodable, HttpServletRequest request) {
    return responses.of(
        Problems.invalidRequest("The query is not percent-encoded UTF-8."), request);
  }

  @ExceptionHandler({NoResourceFoundException.class, NoHandlerFoundException.class})
  ResponseEntity<byte[]> notFound(HttpServletRequest request) {
    return responses.of(Problems.notFound("resource '" + request.getRequestURI() + "'"), request);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> wrongMethod(
      HttpRequestMethodNotSupportedException wrong, HttpServletRequest request) {
    ResponseEntity<byte[]> answer =
        responses.of(
            Problems.methodNotAllowed(wrong.getMethod() + " is not offered at this path."),
            request);
    return ResponseEntity.status(answer.getStatusCode())
        .headers(answer.getHeaders())
        .header(HttpHeaders.ALLOW, String.join(", ", allowed(wrong)))
        .body(answer.getBody());
  }

  @ExceptionHandler
  ResponseEntity<byte[]> wrongMediaType(
      HttpMediaTypeNotSupportedException wrong, HttpServletRequest request) {
    return responses.of(
        Problems.unsupportedMediaType("Send the body as application/json."), request);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> notAcceptable(
      HttpMediaTypeNotAcceptableException wrong, HttpServletRequest request) {
    return responses.of(
        Problem.of(
            "not-acceptable", 406, "This answer exists as " + wrong.getSupportedMediaTypes()),
        request);
  }

  @ExceptionHandler({
    DataAccessResourceFailureException.class,
    TransientDataAccessException.class,
    CannotCreateTransactionException.class,
    AsyncRequestTimeoutException.class
  })
  ResponseEntity<byte[]> unavailable(Exception failure, HttpServletRequest request) {
    return failed(
        Problems.unavailable("The server cannot answer just now; try again."), failure, request);
  }

  /// The client has gone: there is nobody to answer.
  @ExceptionHandler
  void gone(AsyncRequestNotUsableException gone) {
    LOG.debug("The client went away", gone);
  }

  @ExceptionHandler
  ResponseEntity<byte[]> unread(IOException unread, HttpServletRequest request) {
    LOG.debug("The body could not be read", unread);
    return responses.of(Problems.invalidRequest("The body could not be read to its end."), request);
  }

  /// Whatever Spring itself answers 4xx and is not named above; all else is a bug.
  @ExceptionHandler
  ResponseEntity<byte[]> other(Exception other, HttpServletRequest request) {
    if (other instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
      return responses.of(StatusProblems.of(response.getStatusCode().value()), request);
    }
    return failed(StatusProblems.internal(), other, request);
  }

  private ResponseEntity<byte[]> failed(
      Problem problem, Exception failure, HttpServletRequest request) {
    if (failure instanceof ProblemException) {
      LOG.warn("{} {}: {}", request.getMethod(), request.getRequestURI(), failure.getMessage());
    } else {
      LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
    }
    return responses.of(StatusProblems.correlated(problem, request), request);
  }

  private static String[] allowed(HttpRequestMethodNotSupportedException wrong) {
    String @Nullable [] supported = wrong.getSupportedMethods();
    return supported == null ? new String[0] : supported;
  }

  private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return Optional.of(type.cast(cause));
      }
    }
    return Optional.empty();
  }
}
