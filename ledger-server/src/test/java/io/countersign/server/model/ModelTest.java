package io.countersign.server.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.model.History.Disturbance;
import io.countersign.server.testing.CommitFaults.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Random histories on a real server, against the reference. Replies are lost, requests repeated,
/// commits refused and cut off, and server and PostgreSQL killed in between.
///
/// Two histories, the second with a kill of the server and one of PostgreSQL, unless others are
/// asked for: `-Dcountersign.model.seeds=1-500`, or one alone, `-Dcountersign.model.seeds=17`.
/// Every third one kills the server.
class ModelTest {

  private static final String SEEDS = System.getProperty("countersign.model.seeds", "2-3");
  private static final String REPEAT =
      "mvn -B -ntp -Pmodel -pl ledger-server -am test" + " -Dcountersign.model.seeds=%d";
  private static final int WRONGS_SHOWN = 12;
  private static final int REFUSED_PERCENT = 5;
  private static final int CUT_PERCENT = 1;

  @Test
  void every_history_is_as_the_reference_says() throws Exception {
    try (Machine machine = Machine.start()) {
      for (long seed : seeds()) {
        List<String> wrongs = history(machine, seed);
        machine.keepOutput();
        assertThat(wrongs.stream().limit(WRONGS_SHOWN).toList())
            .as(
                "%d things wrong in history %d; run it again: %s",
                wrongs.size(), seed, repeat(seed))
            .isEmpty();
      }
      assertThat(machine.faults().count(Fault.REFUSED)).as("commits refused").isPositive();
    }
  }

  private static List<String> history(Machine machine, long seed) throws Exception {
    String prefix = "m" + seed;
    Random random = new Random(seed);
    // With one client the bounds of the checker meet: what it may be answered is then exact.
    int clients = seed % 3 == 2 ? 1 : 8;
    int steps = clients == 1 ? 150 : 45;
    List<Disturbance> disturbances = new ArrayList<>();
    if (seed % 3 == 0) {
      disturbances.add(new Disturbance(random.nextInt(clients * steps), machine::killServer));
    }
    if (seed % 3 != 2) {
      disturbances.add(new Disturbance(random.nextInt(clients * steps), machine::killPostgres));
    }
    History history =
        new History(prefix, seed, clients, steps, machine.client(prefix)).open(machine.api());
    machine.faults().inject(seed, REFUSED_PERCENT, CUT_PERCENT, CUT_PERCENT);
    try {
      history.run(disturbances);
    } catch (AssertionError e) {
      throw new AssertionError("history %d: %s".formatted(seed, repeat(seed)), e);
    } finally {
      machine.faults().rest();
    }
    List<String> wrongs = new ArrayList<>(history.wrongs(machine.books()));
    String seals = new SealCheck(machine.api()).wrong(machine.highestSequence());
    if (seals != null) {
      wrongs.add(seals);
    }
    return wrongs;
  }

  private static String repeat(long seed) {
    return REPEAT.formatted(seed);
  }

  private static List<Long> seeds() {
    String[] ends = SEEDS.split("-", 2);
    long first = Long.parseLong(ends[0]);
    return LongStream.rangeClosed(first, Long.parseLong(ends[ends.length - 1])).boxed().toList();
  }
}
