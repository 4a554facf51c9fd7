package io.countersign.server.api.web;

import io.countersign.server.api.Problem;
import io.countersign.server.api.ProblemException;
import io.countersign.server.api.ProblemResponses;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Where the container sends what failed before or after Spring MVC.
@Hidden
@RestController
class ProblemErrorController implements ErrorController {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemErrorController.class);

  private final ProblemResponses responses;

  ProblemErrorController(ProblemResponses responses) {
    this.responses = responses;
  }

  @RequestMapping("/error")
  ResponseEntity<byte[]> error(HttpServletRequest request) {
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
    Problem problem = StatusProblems.of(code instanceof Integer status ? status : 404);
    if (thrown instanceof ProblemException refusal) {
      problem = refusal.problem();
    } else if (problem.status() >= 500) {
      LOG.error("{} failed outside of a handler", path(request), (Throwable) thrown);
      if (isOfTheDatabase(thrown)) {
        problem = StatusProblems.of(503);
      }
    }
    if (problem.status() >= 500) {
      problem = StatusProblems.correlated(problem, request);
    }
    return responses.of(problem, new AskedPath(request, path(request)));
  }

  // A token is looked up before any handler is chosen, so a database that is away is noticed there.
  private static boolean isOfTheDatabase(@Nullable Object thrown) {
    return thrown instanceof DataAccessResourceFailureException
        || thrown instanceof TransientDataAccessException
        || thrown instanceof CannotCreateTransactionException;
  }

  private static String path(HttpServletRequest request) {
    Object asked = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    return asked == null ? request.getRequestURI() : asked.toString();
  }

  /// The request as it was before the container forwarded it here.
  private static final class AskedPath extends HttpServletRequestWrapper {

    private final String path;

    AskedPath(HttpServletRequest request, String path) {
      super(request);
      this.path = path;
    }

    @Override
    public String getRequestURI() {
      return path;
    }
  }
}
