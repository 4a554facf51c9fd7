package io.countersign.server.guards;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;

/// Whoever runs the server finds every setting in `docs/administrators.md`.
class SettingsPageTest {

  private static final Pattern VALUE = Pattern.compile("\\$\\{(countersign\\.[a-z.-]+)");
  private static final Pattern LOOKUP =
      Pattern.compile("[pP]roperty\\(\\s*\"(countersign\\.[a-z.-]+)\"");

  @Test
  void every_setting_is_explained() throws IOException {
    String page = Files.readString(Path.of("../docs/administrators.md"));
    Set<String> settings = settings();
    assertThat(settings).contains("countersign.home", "countersign.database.pool-size");
    assertThat(settings)
        .as("settings that docs/administrators.md does not explain")
        .allMatch(name -> page.contains("`" + name + "`"));
  }

  @Test
  void names_in_records_are_found_in_the_form_people_write() {
    assertThat(names("planted", Planted.class))
        .containsExactlyInAnyOrder("planted.check-interval", "planted.nested.width");
  }

  record Planted(String checkInterval, Nested nested) {
    record Nested(int width) {}
  }

  private static Set<String> settings() throws IOException {
    var all = new TreeSet<String>();
    SourceSql.inCode().forEach(string -> all.addAll(matches(VALUE, string.text())));
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        all.addAll(matches(LOOKUP, Files.readString(file)));
      }
    }
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
    for (var candidate : scanner.findCandidateComponents("io.countersign.server")) {
      Class<?> type = type(Objects.requireNonNull(candidate.getBeanClassName()));
      String prefix = type.getAnnotation(ConfigurationProperties.class).value();
      names(prefix, type).forEach(all::add);
    }
    return all;
  }

  private static Set<String> matches(Pattern pattern, String text) {
    var all = new TreeSet<String>();
    pattern.matcher(text).results().forEach(found -> all.add(found.group(1)));
    return all;
  }

  private static Stream<String> names(String prefix, Class<?> type) {
    assertThat(type).as("settings are records").isRecord();
    return Stream.of(Objects.requireNonNull(type.getRecordComponents()))
        .flatMap(component -> names(prefix, component));
  }

  private static Stream<String> names(String prefix, RecordComponent component) {
    String name = prefix + "." + kebab(component.getName());
    return component.getType().isRecord() ? names(name, component.getType()) : Stream.of(name);
  }

  private static String kebab(String name) {
    return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
