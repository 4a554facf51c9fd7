package io.countersign.server.security;

import io.countersign.model.identity.Grant;
import io.countersign.model.identity.Limit;
import io.countersign.model.identity.UserPatch;
import io.countersign.model.identity.UserRequest;
import io.countersign.server.api.Caller;
import io.countersign.server.api.FieldChecks;
import io.countersign.server.api.Problem;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What users may look like, and who may change which of their rights.
final class UserChecks {

  static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private static final int DISPLAY_NAME_MAX = 200;
  private static final int GRANTS_MAX = 1_000;

  private UserChecks() {}

  static void check(UserRequest request) {
    FieldChecks checks =
        new FieldChecks()
            .that(NAME.matcher(request.username()).matches(), "username", "must match " + NAME)
            .text("displayName", request.displayName(), DISPLAY_NAME_MAX);
    checkRights(checks, request.grants(), request.limits());
    checks.orThrow();
  }

  static void check(UserPatch patch) {
    FieldChecks checks = new FieldChecks();
    if (patch.displayName() != null) {
      checks.text("displayName", patch.displayName(), DISPLAY_NAME_MAX);
    }
    checkRights(checks, patch.grants(), patch.limits());
    checks.orThrow();
  }

  private static void checkRights(
      FieldChecks checks, @Nullable List<Grant> grants, @Nullable List<Limit> limits) {
    if (grants != null) {
      checks.size("grants", grants, 0, GRANTS_MAX);
      boolean whole =
          grants.stream()
              .filter(Objects::nonNull)
              .allMatch(it -> !it.roles().isEmpty() && !it.roles().contains(null));
      checks.that(whole, "grants", "must each name at least one role");
    }
    if (limits != null) {
      checks.size("limits", limits, 0, GRANTS_MAX);
      List<Limit> named = limits.stream().filter(Objects::nonNull).toList();
      checks.that(
          named.stream().allMatch(it -> it.refundMinorUnits() >= 0 && it.approveMinorUnits() >= 0),
          "limits",
          "must not be negative");
      checks.that(
          named.stream().map(Limit::currency).distinct().count() == named.size(),
          "limits",
          "must name each currency once");
    }
  }

  /// @throws io.countersign.server.api.ProblemException 422 `roles-conflict`
  static void requireCompatible(Map<Integer, Set<Role>> grants) {
    Set<Role> all = new HashSet<>();
    grants.values().forEach(all::addAll);
    if (all.contains(Role.INTEGRATOR) && all.contains(Role.OPERATOR)) {
      throw Problem.of(
              "roles-conflict",
              422,
              "INTEGRATOR and OPERATOR must not meet in one person: one posts alone, the other must"
                  + " not.")
          .asException();
    }
  }

  /// Rights on a ledger are given and taken by those who administer it.
  static void requireMayChange(
      Caller caller, Map<Integer, Set<Role>> before, Map<Integer, Set<Role>> after) {
    Set<Integer> touched = new TreeSet<>(before.keySet());
    touched.addAll(after.keySet());
    touched.removeIf(it -> Objects.equals(before.get(it), after.get(it)));
    for (int ledger : touched) {
      if (!caller.sees(ledger)) {
        throw Problems.notFound("such ledger").asException();
      }
      if (!caller.has(ledger, Role.ADMIN)) {
        throw Problems.forbidden("Rights on a ledger are changed by its ADMIN.").asException();
      }
    }
  }
}
