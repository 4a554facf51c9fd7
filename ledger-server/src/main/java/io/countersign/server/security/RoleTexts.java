package io.countersign.server.security;

import io.countersign.server.api.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Roles as one text: `OPERATOR,AUDITOR`, and with their ledger `1:OPERATOR,2:AUDITOR`.
final class RoleTexts {

  private RoleTexts() {}

  static String write(Collection<Role> roles) {
    return new TreeSet<>(roles).stream().map(Role::name).collect(Collectors.joining(","));
  }

  static Set<Role> read(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(Role::valueOf)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
  }

  /// @param text null and empty for no grant at all
  static Map<Integer, Set<Role>> readGrants(@Nullable String text) {
    Map<Integer, Set<Role>> grants = new HashMap<>();
    if (text != null && !text.isEmpty()) {
      for (String grant : text.split(",", -1)) {
        int colon = grant.indexOf(':');
        grants
            .computeIfAbsent(
                Integer.valueOf(grant.substring(0, colon)), id -> EnumSet.noneOf(Role.class))
            .add(Role.valueOf(grant.substring(colon + 1)));
      }
    }
    return grants;
  }
}
