package io.countersign.server.guards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.countersign.server.LedgerServer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.modulith.core.Violations;

class ArchitectureTest {

  private static final HouseRules OURS = new HouseRules("io.countersign");
  private static final HouseRules PLANTED = new HouseRules("io.countersign.planted");

  private static final JavaClasses OUR_CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(OURS.root());
  private static final JavaClasses PLANTED_CLASSES =
      new ClassFileImporter().importPackages(PLANTED.root());

  static Stream<Named<Function<HouseRules, ArchRule>>> rules() {
    return Stream.of(
        Named.of("only stores touch JDBC", HouseRules::onlyStoresTouchJdbc),
        Named.of("stores are private", HouseRules::storesArePrivateToTheirFeature),
        Named.of("the sandbox knows nothing of ours", HouseRules::theSandboxKnowsNothingOfOurs),
        Named.of("time comes from the clock", HouseRules::timeComesFromTheClockThatIsHandedIn),
        Named.of("no floating point", HouseRules::noFloatingPoint),
        Named.of("packages are null-marked", HouseRules::everyPackageIsNullMarked));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void our_classes_keep(Function<HouseRules, ArchRule> rule) {
    rule.apply(OURS).check(OUR_CLASSES);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_planted_violation_is_found_of(Function<HouseRules, ArchRule> rule) {
    assertThat(rule.apply(PLANTED).evaluate(PLANTED_CLASSES).hasViolation()).isTrue();
  }

  @Test
  void every_way_to_read_the_clock_is_found() {
    assertThat(
            PLANTED
                .timeComesFromTheClockThatIsHandedIn()
                .evaluate(PLANTED_CLASSES)
                .getFailureReport()
                .getDetails())
        .hasSize(5);
  }

  @Test
  void features_use_only_what_they_say_they_use() {
    ApplicationModules.of(LedgerServer.class).verify();
  }

  @Test
  void a_planted_use_that_is_not_declared_is_found() {
    assertThatThrownBy(
            () -> ApplicationModules.of(PLANTED.root() + ".modules", everywhere -> true).verify())
        .isInstanceOf(Violations.class)
        .hasMessageContaining("'left' depends on module 'right'");
  }
}
