package io.countersign.model.reconciliation;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.countersign.model.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file on its way into the books.
///
/// @param progress percent, while a large file is read
/// @param statements what was in it; absent until it is read
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StatementImport(
    String importId, @Nullable Integer progress, @Nullable List<Statement> statements) {

  public StatementImport {
    statements = statements == null ? null : Immutable.list(statements);
  }
}
