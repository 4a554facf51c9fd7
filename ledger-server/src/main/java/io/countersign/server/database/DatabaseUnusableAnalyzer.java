package io.countersign.server.database;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/// Shows a start that failed on its database as two sentences instead of a stack trace.
class DatabaseUnusableAnalyzer extends AbstractFailureAnalyzer<DatabaseUnusable> {

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, DatabaseUnusable cause) {
    return new FailureAnalysis(cause.getMessage(), cause.remedy(), cause);
  }
}
