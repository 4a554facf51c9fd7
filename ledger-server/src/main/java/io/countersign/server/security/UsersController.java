package io.countersign.server.security;

import io.countersign.model.EmptyRequest;
import io.countersign.model.approvals.Proposed;
import io.countersign.model.id.UserId;
import io.countersign.model.identity.User;
import io.countersign.model.identity.UserPatch;
import io.countersign.model.identity.UserRequest;
import io.countersign.server.api.Answer;
import io.countersign.server.api.Caller;
import io.countersign.server.api.KeyedRequest;
import io.countersign.server.api.OncePerKey;
import io.countersign.server.api.Page;
import io.countersign.server.api.PageRequest;
import io.countersign.server.database.Transactions;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/users")
class UsersController {

  private final Users users;
  private final Passwords passwords;
  private final OncePerKey once;
  private final Transactions transactions;

  UsersController(Users users, Passwords passwords, OncePerKey once, Transactions transactions) {
    this.users = users;
    this.passwords = passwords;
    this.once = once;
    this.transactions = transactions;
  }

  @PostMapping
  ResponseEntity<byte[]> create(
      Caller caller, KeyedRequest request, @RequestBody UserRequest body) {
    UserChecks.check(body);
    // The plain fingerprint is a fast hash over the password, and would be kept for days.
    return once.execute(passwords.guarded(request), () -> answer(users.create(caller, body), 201));
  }

  @GetMapping
  Page<User> list(PageRequest page) {
    return users.page(page);
  }

  @GetMapping("/{id}")
  User user(@PathVariable UserId id) {
    return users.get(id);
  }

  @PatchMapping("/{id}")
  ResponseEntity<Object> change(
      Caller caller, @PathVariable UserId id, @RequestBody UserPatch body) {
    UserChecks.check(body);
    Answer answer = transactions.write(() -> answer(users.update(caller, id, body), 200));
    return ResponseEntity.status(answer.status()).body(answer.body());
  }

  @PostMapping("/{id}/revoke")
  ResponseEntity<byte[]> revoke(
      Caller caller,
      KeyedRequest request,
      @PathVariable UserId id,
      @RequestBody(required = false) @Nullable EmptyRequest body) {
    return once.execute(request, () -> answer(users.revoke(caller, id), 200));
  }

  private static Answer answer(Users.Outcome outcome, int status) {
    return switch (outcome) {
      case Users.Outcome.Applied applied -> new Answer(status, applied.user());
      case Users.Outcome.Proposed proposed -> Answer.accepted(new Proposed(proposed.approval()));
    };
  }
}
