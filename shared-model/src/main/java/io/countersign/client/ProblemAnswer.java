package io.countersign.client;

import io.countersign.model.ProblemDocument;

/// The server refused, and said why.
public final class ProblemAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ProblemDocument problem;

  public ProblemAnswer(ProblemDocument problem) {
    super(problem.detail() == null ? problem.slug() : problem.detail());
    this.problem = problem;
  }

  public ProblemDocument problem() {
    return problem;
  }

  public int status() {
    return problem.status();
  }

  /// What the problem is called, such as `insufficient-funds`.
  public String slug() {
    return problem.slug();
  }

  public boolean is(String slug) {
    return problem.slug().equals(slug);
  }
}
