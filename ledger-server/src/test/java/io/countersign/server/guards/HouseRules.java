package io.countersign.server.guards;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// The architecture's rules below a root package: the product's own, or that of the planted
/// violations, which mirrors it.
record HouseRules(String root) {

  private static final Set<String> FLOATING =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  ArchRule onlyStoresTouchJdbc() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".server..")
        .and()
        .resideOutsideOfPackage(root + ".server.database..")
        .and(areNoStores())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.springframework.jdbc..");
  }

  ArchRule storesArePrivateToTheirFeature() {
    return classes()
        .that()
        .resideInAPackage(root + ".server..")
        .and()
        .haveSimpleNameEndingWith("Store")
        .should()
        .bePackagePrivate();
  }

  ArchRule theSandboxKnowsNothingOfOurs() {
    return noClasses()
        .that()
        .resideInAPackage(root + ".server.sandbox..")
        .should()
        .dependOnClassesThat(
            new DescribedPredicate<>("are ours and not the sandbox's") {
              @Override
              public boolean test(JavaClass type) {
                String name = type.getPackageName() + ".";
                return name.startsWith("io.countersign.")
                    && !name.startsWith(root + ".server.sandbox.");
              }
            });
  }

  ArchRule timeComesFromTheClockThatIsHandedIn() {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .and(
            new DescribedPredicate<JavaClass>("do not make the clock") {
              @Override
              public boolean test(JavaClass type) {
                return !makesTheClock(type);
              }
            })
        .should()
        .accessTargetWhere(
            new DescribedPredicate<JavaAccess<?>>("the target reads the machine's clock") {
              @Override
              public boolean test(JavaAccess<?> access) {
                return readsTheClock(access);
              }
            });
  }

  ArchRule noFloatingPoint() {
    return classes()
        .that()
        .resideInAnyPackage(root + ".model..", root + ".server..")
        .should(
            new ArchCondition<JavaClass>("have no double or float") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(
                        type.getFields().stream()
                            .filter(HouseRules::isFloating)
                            .map(JavaField::getDescription),
                        type.getCodeUnits().stream()
                            // It hands its superclass what the code that makes it says.
                            .filter(it -> !(type.isAnonymousClass() && it.isConstructor()))
                            .filter(HouseRules::isFloating)
                            .map(JavaCodeUnit::getDescription))
                    .forEach(found -> events.add(SimpleConditionEvent.violated(type, found)));
              }
            });
  }

  ArchRule everyPackageIsNullMarked() {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            new ArchCondition<JavaClass>("live in a package marked @NullMarked") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                  events.add(
                      SimpleConditionEvent.violated(type, type.getPackageName() + " is unmarked"));
                }
              }
            });
  }

  private DescribedPredicate<JavaClass> areNoStores() {
    return new DescribedPredicate<>("are no stores") {
      @Override
      public boolean test(JavaClass type) {
        JavaClass outermost = type;
        while (outermost.getEnclosingClass().isPresent()) {
          outermost = outermost.getEnclosingClass().get();
        }
        String name = outermost.getName();
        // The gate is nothing but its two statements.
        return !name.endsWith("Store") && !name.equals(root + ".server.journal.Gate");
      }
    };
  }

  // The bean, and the main class of a process without beans.
  private boolean makesTheClock(JavaClass type) {
    return type.getName().equals(root + ".server.database.DatabaseConfiguration")
        || type.tryGetMethod("main", String[].class).isPresent();
  }

  private static boolean readsTheClock(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getTarget().getName();
    return switch (owner) {
      case "java.lang.System" -> name.equals("currentTimeMillis");
      case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tickM");
      default ->
          owner.startsWith("java.time.")
              && name.equals("now")
              && access.getTarget() instanceof CodeUnitAccessTarget call
              && call.getRawParameterTypes().stream()
                  .noneMatch(
                      t -> t.isAssignableTo(Clock.class) || t.isAssignableTo(InstantSource.class));
    };
  }

  private static boolean isFloating(JavaField field) {
    return FLOATING.contains(field.getRawType().getName());
  }

  private static boolean isFloating(JavaCodeUnit codeUnit) {
    return FLOATING.contains(codeUnit.getRawReturnType().getName())
        || codeUnit.getRawParameterTypes().stream().anyMatch(t -> FLOATING.contains(t.getName()));
  }
}
