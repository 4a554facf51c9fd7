package io.countersign.server.testing;

import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/// Gives a server under test a database and a home of its own.
final class FreshDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    Database database = TestPostgres.freshDatabase();
    Credentials owner = Objects.requireNonNull(database.owner());
    TestPropertyValues.of(
            "countersign.home=" + newHome(),
            "countersign.admin.password=" + TestApi.ADMIN_PASSWORD,
            "countersign.database.url=" + database.url(),
            "countersign.database.user=" + database.application().user(),
            "countersign.database.password=" + database.application().password(),
            "countersign.database.owner.user=" + owner.user(),
            "countersign.database.owner.password=" + owner.password())
        .applyTo(context);
  }

  private static Path newHome() {
    try {
      Path homes = Files.createDirectories(Path.of("target", "test-homes"));
      return Files.createTempDirectory(homes, "home").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
