package io.countersign.console.reconciliation;

import io.countersign.model.reconciliation.Source;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// Sources as people call them.
final class SourceNames {

  private SourceNames() {}

  static StringConverter<Source> converter() {
    return new StringConverter<>() {
      @Override
      public String toString(@Nullable Source source) {
        return source == null ? "All sources" : source.name();
      }

      @Override
      public Source fromString(String text) {
        throw new UnsupportedOperationException("sources are chosen, not written");
      }
    };
  }
}
