package io.countersign.server.security;

import io.countersign.model.id.UserId;
import io.countersign.model.identity.Grant;
import io.countersign.model.identity.Profile;
import io.countersign.model.identity.User;
import io.countersign.server.accounts.Ledger;
import io.countersign.server.accounts.Ledgers;
import io.countersign.server.api.Problems;
import io.countersign.server.api.Role;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Grants as the contract writes them, by ledger code, and as they are kept, by ledger id.
@Component
class GrantTexts {

  private final Ledgers ledgers;

  GrantTexts(Ledgers ledgers) {
    this.ledgers = ledgers;
  }

  List<Grant> write(Map<Integer, Set<Role>> grants) {
    return ledgers.all().stream()
        .filter(ledger -> grants.containsKey(ledger.id()))
        .map(ledger -> new Grant(ledger.code(), write(grants.getOrDefault(ledger.id(), Set.of()))))
        .toList();
  }

  static List<io.countersign.model.identity.Role> write(Collection<Role> roles) {
    return roles.stream()
        .sorted()
        .map(role -> io.countersign.model.identity.Role.valueOf(role.name()))
        .toList();
  }

  static Set<Role> read(Collection<io.countersign.model.identity.Role> roles) {
    return roles.stream()
        .map(role -> Role.valueOf(role.name()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
  }

  /// @throws io.countersign.server.api.ProblemException 404 `not-found` for an unknown ledger
  Map<Integer, Set<Role>> read(List<Grant> grants) {
    Map<Integer, Set<Role>> read = new HashMap<>();
    for (Grant grant : grants) {
      read.computeIfAbsent(ledger(grant.ledger()).id(), id -> EnumSet.noneOf(Role.class))
          .addAll(read(grant.roles()));
    }
    return read;
  }

  Ledger ledger(String code) {
    return ledgers
        .find(code)
        .orElseThrow(() -> Problems.notFound("ledger '" + code + "'").asException());
  }

  Profile profile(Person person) {
    return new Profile(
        person.username(), person.displayName(), write(person.grants()), person.limits());
  }

  User user(Person person) {
    return new User(
        new UserId(person.id()),
        person.username(),
        person.displayName(),
        write(person.grants()),
        person.limits(),
        person.createdAt(),
        person.revokedAt());
  }
}
