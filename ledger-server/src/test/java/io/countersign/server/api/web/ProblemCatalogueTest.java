package io.countersign.server.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCatalogueTest {

  private static final Pattern USE = Pattern.compile("Problem\\s*\\.of\\(\\s*\"([a-z-]+)\"");

  @Test
  void every_problem_the_server_words_is_explained() throws IOException {
    Set<String> used = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
      sources.filter(it -> it.toString().endsWith(".java")).forEach(it -> collect(it, used));
    }

    assertThat(used).contains("insufficient-funds", "forbidden");
    assertThat(ProblemCatalogue.slugs()).containsAll(used);
  }

  @Test
  void every_problem_of_the_contract_is_explained() throws IOException {
    String contract = Files.readString(Path.of("../docs/api.md"));
    Matcher slug = Pattern.compile("\\b4\\d\\d `([a-z]+(?:-[a-z]+)*)`").matcher(contract);
    Set<String> named = new TreeSet<>();
    while (slug.find()) {
      named.add(slug.group(1));
    }

    assertThat(named).contains("self-approval", "already-reversed");
    assertThat(ProblemCatalogue.slugs()).containsAll(named);
  }

  private static void collect(Path source, Set<String> used) {
    try {
      Matcher use = USE.matcher(Files.readString(source));
      while (use.find()) {
        used.add(use.group(1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
