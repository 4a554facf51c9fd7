package io.countersign.server.sagas;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

@Component
class WakeUpStore {

  // db-scheduler's own cancelling reads first, and fails when the task is taken up in between.
  private static final String TAKE_BACK =
      """
      DELETE FROM scheduler.scheduled_tasks
      WHERE task_name = :task AND task_instance = :instance AND NOT picked
      """;

  private final JdbcClient jdbc;

  WakeUpStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /// Deletes a task that is not being carried out, inside the caller's transaction.
  void takeBack(String task, String instance) {
    jdbc.sql(TAKE_BACK).param("task", task).param("instance", instance).update();
  }
}
