package io.countersign.server.overview;

import io.countersign.server.api.Caller;
import io.countersign.server.api.LedgerScope;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Server-sent events, as the WHATWG's HTML standard says (section 9.2).
@RestController
@RequestMapping("/v1/ledgers/{ledger}/events")
class EventsController {

  private static final Logger LOG = LoggerFactory.getLogger(EventsController.class);

  private final EventStreams streams;
  private final EventSettings settings;

  EventsController(EventStreams streams, EventSettings settings) {
    this.streams = streams;
    this.settings = settings;
  }

  // Written by the request's own thread, which is virtual: a reader who waits costs no other.
  @GetMapping
  void events(
      LedgerScope ledger, Caller caller, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    EventStream stream = streams.open(ledger, caller);
    try {
      response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
      response.setCharacterEncoding("UTF-8");
      response.setHeader("Cache-Control", "no-store");
      response.setHeader("X-Accel-Buffering", "no");
      if (!request.getMethod().equals("GET")) {
        return; // HEAD is answered by the same method, and nobody would read
      }
      stream.writeTo(response.getOutputStream(), settings.longest(), settings.heartbeat());
    } catch (IOException left) {
      LOG.debug("a reader of events has gone", left);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      streams.close(stream);
    }
  }
}
