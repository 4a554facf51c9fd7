package io.countersign.server.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.springframework.beans.factory.config.BeanPostProcessor;

/// The server's own connections, which tell how long the database transactions took that appended
/// something: from their first statement to the end of their commit.
final class TimedPool extends HikariDataSource {

  private static final String APPENDS = "INSERT INTO journal.transaction";

  private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

  private TimedPool(HikariConfig config) {
    super(config);
  }

  static BeanPostProcessor instead() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !(pool instanceof TimedPool)) {
          TimedPool timed = new TimedPool(pool);
          pool.close();
          return timed;
        }
        return bean;
      }
    };
  }

  void forget() {
    nanos.clear();
  }

  Duration percentile(double share) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
    return Duration.ofNanos(sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * share)]);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    Span span = new Span();
    return (Connection)
        Proxy.newProxyInstance(
            TimedPool.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("prepareStatement")) {
                span.sees((String) arguments[0]);
              }
              try {
                Object result = method.invoke(connection, arguments);
                if (method.getName().equals("commit")) {
                  span.ends();
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /// One database transaction of one connection, which one thread uses.
  private final class Span {

    private long start;
    private boolean appends;

    void sees(String sql) {
      start = start == 0 ? System.nanoTime() : start;
      appends |= sql.contains(APPENDS);
    }

    void ends() {
      if (appends) {
        nanos.add(System.nanoTime() - start);
      }
      start = 0;
      appends = false;
    }
  }
}
