package io.countersign.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.junit.jupiter.api.Test;

/// What the packages may know of each other. Each rule is shown a planted violation too, since a
/// rule about nothing passes.
class HouseRulesTest {

  private static final String ROOT = "io.countersign.console";

  private final JavaClasses console =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);
  private final JavaClasses planted = new ClassFileImporter().importPackages(ROOT + ".planted");

  private static final ArchRule SCREENS_DO_NOT_KNOW_EACH_OTHER =
      SlicesRuleDefinition.slices()
          .matching(ROOT + ".(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(
              DescribedPredicate.alwaysTrue(),
              JavaClass.Predicates.resideInAnyPackage(ROOT + ".ui", ROOT + ".client"))
          .ignoreDependency(
              JavaClass.Predicates.resideInAnyPackage(ROOT, ROOT + ".app"),
              DescribedPredicate.alwaysTrue());

  private static final ArchRule PLANTED_SCREENS =
      SlicesRuleDefinition.slices()
          .matching(ROOT + ".planted.(*)..")
          .should()
          .notDependOnEachOther();

  private static final ArchRule VIEW_MODELS_HOLD_NO_NODES =
      ArchRuleDefinition.noClasses()
          .that()
          .haveSimpleNameEndingWith("ViewModel")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.fxml..");

  private static final ArchRule CLIENT_KNOWS_NO_SCREEN_AND_NO_NODE =
      ArchRuleDefinition.noClasses()
          .that()
          .resideInAPackage(ROOT + ".client")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javafx.scene..", "javafx.stage..", ROOT + ".ui..", ROOT + ".app..");

  @Test
  void screens_do_not_know_each_other() {
    SCREENS_DO_NOT_KNOW_EACH_OTHER.check(console);
    assertThat(PLANTED_SCREENS.evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void view_models_hold_no_nodes() {
    VIEW_MODELS_HOLD_NO_NODES.check(console);
    assertThat(VIEW_MODELS_HOLD_NO_NODES.evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void the_clients_side_knows_no_screen_and_no_node() {
    CLIENT_KNOWS_NO_SCREEN_AND_NO_NODE.check(console);
    assertThat(console.stream().filter(type -> type.getPackageName().equals(ROOT + ".client")))
        .isNotEmpty();
  }
}
