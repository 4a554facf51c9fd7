package io.countersign.server.testing;

import io.countersign.server.LedgerServer;
import io.countersign.server.database.Credentials;
import io.countersign.server.database.Database;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/// The server in this process, on a database that a test has chosen; ends when closed.
public final class LocalServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;

  private LocalServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /// Starts it on a free port; migrates the database.
  ///
  /// @param settings as on the command line, without their dashes: `countersign.seals.every=1s`
  public static LocalServer on(Database database, Path home, String... settings) {
    Credentials owner = Objects.requireNonNull(database.owner());
    List<String> all = new ArrayList<>();
    all.add("server.port=0");
    all.add("countersign.home=" + home);
    all.add("countersign.admin.password=" + TestApi.ADMIN_PASSWORD);
    all.add("countersign.database.url=" + database.url());
    all.add("countersign.database.user=" + database.application().user());
    all.add("countersign.database.password=" + database.application().password());
    all.add("countersign.database.owner.user=" + owner.user());
    all.add("countersign.database.owner.password=" + owner.password());
    all.addAll(List.of(settings));
    String[] arguments = all.stream().map(it -> "--" + it).toArray(String[]::new);
    return new LocalServer(SpringApplication.run(LedgerServer.class, arguments));
  }

  public TestApi api() {
    String port = context.getEnvironment().getRequiredProperty("local.server.port");
    return TestApi.at(Integer.parseInt(port));
  }

  public <T> T get(Class<T> type) {
    return context.getBean(type);
  }

  @Override
  public void close() {
    context.close();
  }
}
