package io.countersign.server.reconciliation.statement;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a file says, gathered for a test.
final class Collected implements StatementSink {

  record Statement(ParsedStatement head, List<ParsedLine> lines) {

    ParsedLine line(int number) {
      return lines.get(number - 1);
    }

    List<String> problemCodes() {
      return head.problems().stream().map(StatementProblem::code).toList();
    }
  }

  private final List<Statement> statements = new ArrayList<>();

  static List<Statement> of(byte[] file) {
    Collected collected = new Collected();
    try {
      StatementReader.read(new ByteArrayInputStream(file), collected);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return collected.statements;
  }

  static List<Statement> of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  static Statement only(String text) {
    List<Statement> all = of(text);
    if (all.size() != 1) {
      throw new AssertionError(all.size() + " statements: " + all);
    }
    return all.getFirst();
  }

  static byte[] sample(String name) {
    try (InputStream file = Collected.class.getResourceAsStream("/statements/" + name)) {
      if (file == null) {
        throw new AssertionError("no sample " + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Open begin() {
    List<ParsedLine> lines = new ArrayList<>();
    return new Open() {
      @Override
      public void line(ParsedLine line) {
        lines.add(line);
      }

      @Override
      public void end(ParsedStatement statement) {
        statements.add(new Statement(statement, lines));
      }
    };
  }
}
