package io.countersign.server.export;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Removes files of exports past their age, and drafts that a kill has left. The export itself
/// stays, with its manifest: the same bytes can be had again by its filter and sequence.
///
/// Several servers may do so at once in a folder that they share.
@Component
class ExportFilePurge {

  private static final Logger LOG = LoggerFactory.getLogger(ExportFilePurge.class);

  private final ExportFiles files;
  private final Duration keep;
  private final Clock clock;

  ExportFilePurge(ExportFiles files, ExportsProperties properties, Clock clock) {
    this.files = files;
    this.keep = properties.keepFiles();
    this.clock = clock;
  }

  @Scheduled(fixedDelayString = "${countersign.exports.purge-every:PT1H}")
  void purge() {
    int removed = files.removeWrittenBefore(clock.instant().minus(keep));
    if (removed > 0) {
      LOG.info("Removed {} files of exports that are older than {}", removed, keep);
    }
  }
}
