package io.countersign.console.signin;

import io.countersign.console.testing.DemoBooks;
import io.countersign.console.testing.Desk;
import io.countersign.console.testing.StandInServer;
import java.net.URI;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignInViewTest {

  private final StandInServer server = new StandInServer();

  @BeforeEach
  void books() {
    new DemoBooks(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_wrong_password_is_said_plainly(boolean dark) {
    try (Desk desk = Desk.open(server.address(), DemoBooks.CLOCK, dark)) {
      desk.type("#username", "operator");
      desk.type("#password", "guessed");
      desk.press(KeyCode.ENTER);
      desk.awaitWords("The user name or the password is wrong.");
      desk.shoot(dark ? "sign-in-dark" : "sign-in-light");
    }
  }

  @Test
  void nobody_at_the_address_is_told_apart_from_a_wrong_password() {
    try (Desk desk = Desk.open(URI.create("http://127.0.0.1:9"), DemoBooks.CLOCK)) {
      desk.type("#username", "operator");
      desk.type("#password", "demo-only-password");
      desk.click("#signIn");
      desk.awaitWords("Nothing answers at http://127.0.0.1:9.");
    }
  }
}
