package io.countersign.server.reconciliation;

import static io.countersign.server.reconciliation.Desk.line;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.ServerTest;
import io.countersign.server.testing.TestApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Value;

@ServerTest
class FolderFetchTest {

  private final int port;
  @TempDir private Path folder = Path.of("");

  FolderFetchTest(@Value("${local.server.port}") int port) {
    this.port = port;
  }

  private Desk desk(String schedule) {
    String fetch =
        ", \"fetch\": {\"folder\": \"%s\"%s}"
            .formatted(folder, schedule.isEmpty() ? "" : ", \"schedule\": \"" + schedule + "\"");
    return new Desk(TestApi.at(port), Desk.today(), "EUR", 2, fetch);
  }

  private void layDown(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  @Test
  void a_run_by_hand_takes_what_lies_in_the_folder_once() throws IOException {
    Desk desk = desk("");
    layDown("2-second.sta", desk.statement(1100, 0, line(200, "A-2")));
    layDown("1-first.sta", desk.statement(1000, 1, line(100, "A-1")));
    layDown("3-broken.sta", "no statement at all");
    layDown("4-unfinished.part", desk.statement(1300, 0, line(300, "A-3")));
    desk.run();
    layDown("5-again.sta", desk.statement(1000, 1, line(100, "A-1")));

    assertThat(desk.run().path("lines").asInt()).isEqualTo(2);
    assertThat(Desk.items(desk.get("/statements?source=" + desk.source)))
        .extracting(it -> it.path("state").asString())
        .containsOnly("accepted")
        .hasSize(2);
  }

  @Test
  void a_schedule_fetches_by_itself() throws IOException {
    Desk desk = desk("PT5S");
    layDown("first.sta", desk.statement(1000, 0, line(100, "A-1")));
    Desk.await(() -> !Desk.items(desk.get("/statements?source=" + desk.source)).isEmpty());
  }
}
