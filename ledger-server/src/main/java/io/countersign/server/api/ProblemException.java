package io.countersign.server.api;

/// Carries a [Problem] out of an effect; whatever the effect wrote is rolled back.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    // No stack trace: a refusal is an expected answer and may be a hot path.
    super(problem.slug() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
