package io.countersign.server.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Connections with a bug in them: statements are changed on their way to PostgreSQL, so that code
/// without a bug behaves like code with one. Commits can be made slow, which gives races time.
public final class PlantedPool extends HikariDataSource {

  /// A bug, as the text that it puts in the place of another.
  ///
  /// @param instead what the product says, in one statement at least
  public record Plant(String instead, String bug) {

    String sow(String sql) {
      return sql.replace(instead, bug);
    }
  }

  /// No change: no statement holds a NUL.
  public static final Plant NOTHING = new Plant("\0", "\0");

  private final AtomicInteger sown = new AtomicInteger();
  private volatile Plant plant = NOTHING;
  private volatile Plant harmless = NOTHING;
  private volatile int commitMillisMax;

  /// @param config of the pool to be; a pool that has started will do
  public PlantedPool(HikariConfig config) {
    super(config);
  }

  public void plant(Plant bug) {
    sown.set(0);
    plant = bug;
  }

  public void unplant() {
    plant(NOTHING);
  }

  /// Changes statements beside any bug, to bring about often what is rare.
  public void always(Plant change) {
    harmless = change;
  }

  /// How many statements were changed since the bug was planted: with none the text to be replaced
  /// is not the product's any more, and nothing was shown.
  public int sown() {
    return sown.get();
  }

  /// Waits up to so long before each commit.
  public void slowCommits(int millisMax) {
    commitMillisMax = millisMax;
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("commit") && commitMillisMax > 0) {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextInt(commitMillisMax));
          }
          if (arguments != null && arguments.length > 0 && arguments[0] instanceof String sql) {
            String planted = plant.sow(sql);
            if (!planted.equals(sql)) {
              sown.incrementAndGet();
            }
            arguments[0] = harmless.sow(planted);
          }
          try {
            return method.invoke(connection, arguments);
          } catch (InvocationTargetException e) {
            throw e.getCause();
          }
        };
    return (Connection)
        Proxy.newProxyInstance(
            PlantedPool.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
  }
}
