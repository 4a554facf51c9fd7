package io.countersign.server.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Connections as the application role.
public final class Pool {

  // A call is answered within 10 s. A session that stops in the middle of a transaction holds the
  // gate and its locks, so PostgreSQL must give up on it well before that.
  private static final String SESSION =
      String.join(
          " ",
          "-c idle_in_transaction_session_timeout=5s",
          "-c lock_timeout=5s",
          "-c tcp_keepalives_idle=3",
          "-c tcp_keepalives_interval=1",
          "-c tcp_keepalives_count=3",
          "-c tcp_user_timeout=6s",
          // A plan made while a table was small would be kept when it is large: books grow from
          // nothing to millions of rows within hours, and planning one of our statements takes
          // some tenths of a millisecond.
          "-c plan_cache_mode=force_custom_plan",
          "-c timezone=UTC");

  // A call may wait twice before it begins, to learn who calls and to do what is asked, and is
  // answered within 10 s.
  private static final Duration WAIT_FOR_CONNECTION_MAX = Duration.ofSeconds(3);

  private Pool() {}

  /// @param size connections at most; a request that finds none free waits up to 3 s
  public static HikariDataSource open(Database database, int size) {
    var config = new HikariConfig();
    config.setPoolName("countersign");
    config.setJdbcUrl(database.url());
    config.setUsername(database.application().user());
    config.setPassword(database.application().password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(WAIT_FOR_CONNECTION_MAX.toMillis());
    config.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
    config.addDataSourceProperty("options", SESSION);
    config.addDataSourceProperty("ApplicationName", "countersign");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    config.addDataSourceProperty("connectTimeout", "4");
    // Group commit and the balances run the same few statements for ever: parse them once.
    config.addDataSourceProperty("prepareThreshold", "3");
    return new HikariDataSource(config);
  }
}
