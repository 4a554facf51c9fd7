package io.countersign.seal;

import io.countersign.model.Immutable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What checking an export has shown.
///
/// @param holds whether the file is what the server signed and what the seals cover, and lacks
///   nothing
/// @param firstLine the first line of the file that differs, from 1; null when it holds or no line
///   can be named
/// @param detail what is wrong; empty when it holds
/// @param remarks what was shown, and what could not be
public record Verdict(
    boolean holds, @Nullable Long firstLine, String detail, List<String> remarks) {

  public Verdict {
    remarks = Immutable.list(remarks);
  }

  static Verdict broken(@Nullable Long line, String detail) {
    return new Verdict(false, line, detail, List.of());
  }
}
