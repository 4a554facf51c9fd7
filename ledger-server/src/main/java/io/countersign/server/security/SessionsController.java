package io.countersign.server.security;

import io.countersign.model.identity.Profile;
import io.countersign.model.identity.Session;
import io.countersign.model.identity.SessionRequest;
import io.countersign.server.api.Caller;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1")
class SessionsController {

  private final Sessions sessions;

  SessionsController(Sessions sessions) {
    this.sessions = sessions;
  }

  @PostMapping("/sessions")
  @ResponseStatus(HttpStatus.CREATED)
  Session open(@RequestBody SessionRequest body, HttpServletRequest request) {
    return sessions.open(body, request.getRemoteAddr());
  }

  @DeleteMapping("/sessions/current")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void end(Caller caller) {
    sessions.end(caller);
  }

  @GetMapping("/me")
  Profile me(Caller caller) {
    return sessions.profile(caller);
  }
}
