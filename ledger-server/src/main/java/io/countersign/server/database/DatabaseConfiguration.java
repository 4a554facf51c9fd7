package io.countersign.server.database;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.Jackson3Serializer;
import com.github.kagkarlsson.scheduler.boot.config.DbSchedulerCustomizer;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.zaxxer.hikari.HikariDataSource;
import io.countersign.model.UuidV7;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/// Starts or finds PostgreSQL, brings its schema up to date, and only then offers connections.
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DatabaseSettings.class)
class DatabaseConfiguration {

  /// Holds where no other PostgreSQL is named.
  static final class Embedded implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
      return context.getEnvironment().getProperty("countersign.database.url", "").isBlank();
    }
  }

  /// In microseconds, as the database keeps them: what is answered first and read later is the
  /// same.
  @Bean
  Clock clock() {
    return Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));
  }

  @Bean
  UuidV7 uuidV7(Clock clock) {
    return new UuidV7(clock);
  }

  @Bean
  Home home(@Value("${countersign.home}") Path folder) {
    return Home.at(folder);
  }

  @Bean
  @Conditional(Embedded.class)
  EmbeddedDatabase embeddedDatabase(Home home, DatabaseSettings settings)
      throws IOException, SQLException {
    return EmbeddedDatabase.start(home, settings.poolSize());
  }

  @Bean
  Database database(DatabaseSettings settings, ObjectProvider<EmbeddedDatabase> embedded) {
    @Nullable Database external = settings.external();
    return external != null ? external : embedded.getObject().database();
  }

  // Whoever uses the database gets it from here, so nobody sees a schema that is behind.
  @Bean
  HikariDataSource dataSource(Database database, DatabaseSettings settings) {
    Migrations.apply(database);
    return Pool.open(database, settings.poolSize());
  }

  // Java serialisation would tie every stored task to the classes of the day it was stored.
  @Bean
  DbSchedulerCustomizer schedulerStoresJsonAndRunsOnVirtualThreads() {
    return new DbSchedulerCustomizer() {
      @Override
      public Optional<Serializer> serializer() {
        return Optional.of(new Jackson3Serializer());
      }

      // Its work is mostly waiting for other parties, for which no platform thread is needed.
      @Override
      public Optional<ExecutorService> executorService() {
        return Optional.of(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("task-", 0).factory()));
      }
    };
  }
}
